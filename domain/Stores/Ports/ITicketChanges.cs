namespace FoodDelivery.Stores.Ports;

/// <summary>The tickets' changes, of all stores, in one sequence.</summary>
public interface ITicketChanges
{
    /// <summary>The highest position that a change has; 0 without any.</summary>
    Task<long> Newest(CancellationToken cancellation);

    /// <summary>
    /// First the tickets as they are: those that have not ended, or the one that is watched, whatever its state. Then each change as it
    /// happens, by whichever replica. None is left out, however slow the reader is. Ends only for one order, with its final state. What has been comes page by
    /// page, in turns with other readers.
    /// </summary>
    /// <param name="selection">Whose tickets.</param>
    /// <param name="after">
    /// Resumes: every change after that position, instead of the tickets as they are; or of the tickets as they are those that have changed since, if only open ones
    /// are selected.
    /// </param>
    /// <param name="cancellation">Ends the watch.</param>
    IAsyncEnumerable<TicketChange> Watch(TicketSelection selection, long? after, CancellationToken cancellation);
}

/// <summary>Which tickets are meant; all where nothing is said.</summary>
/// <param name="Store">Only this store's.</param>
/// <param name="Order">Only this order's.</param>
/// <param name="OpenOnly">Of what has been, only tickets that have not ended.</param>
/// <param name="Reader">Who reads; readers of one name have one turn together.</param>
public sealed record TicketSelection(StoreId? Store, OrderId? Order, bool OpenOnly = false, string Reader = "")
{
    /// <summary>Whether a ticket is one of them.</summary>
    public bool Includes(OrderSlip slip) => (Store ?? slip.Store) == slip.Store && (Order ?? slip.Order) == slip.Order;
}

/// <summary>A ticket as it was after one change.</summary>
/// <param name="Position">Where the change stands in the sequence.</param>
/// <param name="Ticket">The ticket.</param>
public sealed record TicketChange(long Position, Ticket Ticket)
{
    /// <summary>Whether the next one is there already, so that both may be sent together.</summary>
    public bool MoreFollow { get; init; }
}

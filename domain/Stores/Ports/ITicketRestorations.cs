namespace FoodDelivery.Stores.Ports;

/// <summary>Restorations of the tickets, and what they have read of the past so far.</summary>
public interface ITicketRestorations
{
    /// <summary>Begins one, unless one is going on; that one is the answer.</summary>
    Task<TicketRestoration> Begin(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>The one that is going on; null if there is none.</summary>
    Task<TicketRestoration?> Current(CancellationToken cancellation);

    /// <summary>Ends it, and drops what it has kept.</summary>
    Task Complete(TicketRestoration restoration, CancellationToken cancellation);

    /// <summary>Keeps a change as it was published, for the restoration that is going on; of two with the same version the first.</summary>
    Task Keep(TicketStatusChanged published, CancellationToken cancellation);

    /// <summary>The changes kept of an order's ticket, oldest first.</summary>
    Task<IReadOnlyList<TicketStatusChanged>> Kept(OrderId order, CancellationToken cancellation);
}

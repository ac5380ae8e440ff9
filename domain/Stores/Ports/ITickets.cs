namespace FoodDelivery.Stores.Ports;

/// <summary>The stores' tickets.</summary>
public interface ITickets
{
    /// <summary>The order's ticket, or null.</summary>
    Task<Ticket?> Find(OrderId order, CancellationToken cancellation);

    /// <summary>The ticket that was accepted under that key, as it then was, or null: the answer to a repeated request.</summary>
    Task<Ticket?> AcceptedUnder(IdempotencyKey key, CancellationToken cancellation);

    /// <summary>By their orders' numbers: those before <paramref name="before"/>, without the first <paramref name="skip"/>, at most <paramref name="limit"/>; of these stores, or of all where none is named.</summary>
    Task<IReadOnlyList<Ticket>> List(IReadOnlyList<StoreId> stores, OrderId? before, long skip, int limit, SortDirection direction, CancellationToken cancellation);

    /// <summary>How many there are, of these stores, or of all where none is named; counting ends at <paramref name="cap"/>.</summary>
    Task<int> Count(IReadOnlyList<StoreId> stores, int cap, CancellationToken cancellation);

    /// <summary>The orders that wait at <paramref name="now"/> for an answer for longer than their store's own bound, at most <paramref name="limit"/>; none of stores without one.</summary>
    Task<IReadOnlyList<OrderId>> Unanswered(DateTimeOffset now, int limit, CancellationToken cancellation);

    /// <summary>Saves a ticket and publishes what it raised, both or neither.</summary>
    /// <exception cref="ConcurrencyException">It was changed since it was loaded, or another was accepted under the same key.</exception>
    Task Save(Ticket ticket, MessageContext context, CancellationToken cancellation);

    /// <summary>Saves a ticket that has caught up with what was published of it: nothing is published again.</summary>
    /// <exception cref="ConcurrencyException">It was changed since it was loaded.</exception>
    Task SaveUnpublished(Ticket ticket, CancellationToken cancellation);

    /// <summary>Overwrites the address and the reasons of an order's ticket and of its changes, which are kept without being told again.</summary>
    Task EraseTexts(OrderId order, CancellationToken cancellation);
}

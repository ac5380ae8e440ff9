namespace FoodDelivery.Stores.Ports;

/// <summary>Restorations of the tickets, and what they have read of the past so far.</summary>
public interface ITicketRestorations : IRebuildable
{
    /// <summary>Keeps a change as it was published, for the restoration that is going on; of two with the same version the first.</summary>
    Task Keep(TicketStatusChanged published, CancellationToken cancellation);

    /// <summary>The changes kept of an order's ticket, oldest first.</summary>
    Task<IReadOnlyList<TicketStatusChanged>> Kept(OrderId order, CancellationToken cancellation);
}

/// <summary>Everything that has happened to tickets, told to <see cref="RestoreFromEventsHandler"/>.</summary>
public interface ITicketHistory
{
    /// <summary>Tells what the stores have published: tickets and menus.</summary>
    Task ReplayStores(CancellationToken cancellation);

    /// <summary>Tells what was heard of the orders.</summary>
    Task ReplayOrders(CancellationToken cancellation);
}

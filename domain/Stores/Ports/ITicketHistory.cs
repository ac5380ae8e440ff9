namespace FoodDelivery.Stores.Ports;

/// <summary>Everything that has happened to tickets, told to <see cref="RestoreFromEventsHandler"/>.</summary>
public interface ITicketHistory
{
    /// <summary>Tells what the stores have published: tickets and menus.</summary>
    Task ReplayStores(CancellationToken cancellation);

    /// <summary>Tells what was heard of the orders.</summary>
    Task ReplayOrders(CancellationToken cancellation);
}

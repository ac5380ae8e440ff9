using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers.FollowingOrders;

/// <summary>Keeps the view where the orders are, and tells those who watch.</summary>
/// <param name="statuses">The view's store.</param>
/// <param name="feed">Reaches the watchers.</param>
public sealed class FollowingOrders(IOrderStatuses statuses, IStatusFeed feed)
{
    /// <summary>Applies a change once, whatever the number of its deliveries: its version tells, so no inbox is needed and a rebuild can read it again.</summary>
    public async Task Handle(OrderStatusChanged changed, MessageContext cause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cause);
        await statuses.Apply(changed, cancellation);

        // A repeated delivery is pushed again: the process may have died between the two, and a watcher ignores what it has seen.
        await feed.Publish(changed.OrderId, changed.Change, cancellation);
    }
}

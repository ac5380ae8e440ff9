using System.Threading.Channels;

namespace FoodDelivery.Customers.Ports;

/// <summary>
/// Pushes changes to those who watch. It may lose some (a slow reader's oldest, a connection's), and bring others in another order: watchers see the gap in
/// the versions and read the view's store.
/// </summary>
public interface IStatusFeed
{
    /// <summary>Tells the order's watchers, if there are any; waits for none of them.</summary>
    Task Publish(OrderId order, StatusChange change, CancellationToken cancellation);

    /// <summary>Watches an order. What is published after the task has completed is in the subscription.</summary>
    Task<IStatusSubscription> Subscribe(OrderId order, CancellationToken cancellation);
}

/// <summary>One watcher's place at the feed; disposing of it ends it.</summary>
public interface IStatusSubscription : IAsyncDisposable
{
    /// <summary>The changes, bounded: when it is full the oldest makes way, so that the newest is always there. For one reader.</summary>
    ChannelReader<StatusChange> Changes { get; }
}

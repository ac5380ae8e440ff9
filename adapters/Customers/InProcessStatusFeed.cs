using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Adapters.Customers;

/// <summary>The feed inside one process: a small buffer for each watcher.</summary>
internal sealed class InProcessStatusFeed : IStatusFeed
{
    private readonly ConcurrentDictionary<OrderId, ImmutableArray<Channel<StatusChange>>> _watchers = new();

    /// <summary>How many orders are being watched.</summary>
    public int WatchedOrders => _watchers.Count;

    public Task Publish(OrderId order, StatusChange change, CancellationToken cancellation)
    {
        if (_watchers.TryGetValue(order, out var channels))
        {
            foreach (var channel in channels)
                channel.Writer.TryWrite(change);
        }

        return Task.CompletedTask;
    }

    public Task<IStatusSubscription> Subscribe(OrderId order, CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<StatusChange>(
            new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _watchers.AddOrUpdate(order, _ => [channel], (_, others) => others.Add(channel));
        return Task.FromResult<IStatusSubscription>(new Subscription(this, order, channel));
    }

    private void End(OrderId order, Channel<StatusChange> channel)
    {
        while (_watchers.TryGetValue(order, out var all))
        {
            var others = all.Remove(channel);
            if (others.IsEmpty ? _watchers.TryRemove(new(order, all)) : _watchers.TryUpdate(order, others, all))
                return;
        }
    }

    private sealed class Subscription(InProcessStatusFeed feed, OrderId order, Channel<StatusChange> channel) : IStatusSubscription
    {
        public ChannelReader<StatusChange> Changes => channel.Reader;

        public ValueTask DisposeAsync()
        {
            feed.End(order, channel);
            return ValueTask.CompletedTask;
        }
    }
}

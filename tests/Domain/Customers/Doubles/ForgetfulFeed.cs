using System.Collections.Concurrent;
using System.Threading.Channels;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Doubles;

/// <summary>A feed of one order that loses what it is told to lose, and what its tiny buffers do not hold.</summary>
internal sealed class ForgetfulFeed(int capacity = 4) : IStatusFeed
{
    // Who has heard the last change leaves while others are still told of it.
    private readonly ConcurrentDictionary<Channel<StatusChange>, bool> _watchers = [];

    public Predicate<StatusChange> Loses { get; set; } = static _ => false;

    public int Watchers => _watchers.Count;

    public Task Publish(OrderId order, StatusChange change, CancellationToken cancellation)
    {
        if (!Loses(change))
        {
            foreach (var watcher in _watchers.Keys)
                watcher.Writer.TryWrite(change);
        }

        return Task.CompletedTask;
    }

    public Task<IStatusSubscription> Subscribe(OrderId order, CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<StatusChange>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _watchers.TryAdd(channel, true);
        return Task.FromResult<IStatusSubscription>(new Subscription(channel.Reader, () => _watchers.TryRemove(channel, out _)));
    }

    private sealed record Subscription(ChannelReader<StatusChange> Changes, Action End) : IStatusSubscription
    {
        public ValueTask DisposeAsync()
        {
            End();
            return ValueTask.CompletedTask;
        }
    }
}

using System.Threading.Channels;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Doubles;

/// <summary>A feed of one order that loses what it is told to lose, and what its tiny buffers do not hold.</summary>
internal sealed class ForgetfulFeed(int capacity = 4) : IStatusFeed
{
    private readonly List<Channel<StatusChange>> _watchers = [];

    public Predicate<StatusChange> Loses { get; set; } = static _ => false;

    public int Watchers => _watchers.Count;

    public Task Publish(OrderId order, StatusChange change, CancellationToken cancellation)
    {
        if (!Loses(change))
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(change));
        return Task.CompletedTask;
    }

    public Task<IStatusSubscription> Subscribe(OrderId order, CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<StatusChange>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _watchers.Add(channel);
        return Task.FromResult<IStatusSubscription>(new Subscription(channel.Reader, () => _watchers.Remove(channel)));
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

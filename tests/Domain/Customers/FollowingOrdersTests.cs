using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Domain.Customers.Doubles;
using static FoodDelivery.Tests.Domain.Customers.Given;

namespace FoodDelivery.Tests.Domain.Customers;

public sealed class FollowingOrdersTests
{
    private readonly InMemoryStatuses _statuses = new();
    private readonly ForgetfulFeed _feed = new(capacity: 100);

    [Fact]
    public async Task A_change_delivered_twice_is_applied_once()
    {
        await Follow(History(OrderStatus.PaySuccess, OrderStatus.OrderReceived));
        await Follow(History(OrderStatus.PaySuccess, OrderStatus.OrderReceived));

        var view = await _statuses.Find(Order, CancellationToken.None);
        Assert.Equal([1, 2], view!.History.Select(static change => change.Version));
    }

    [Fact]
    public async Task A_change_is_in_the_view_before_a_watcher_hears_of_it()
    {
        await using var subscription = await _feed.Subscribe(Order, CancellationToken.None);
        _feed.Loses = change => _statuses.Find(Order, CancellationToken.None) is { IsCompletedSuccessfully: true } found
            && found.GetAwaiter().GetResult()?.Version != change.Version;

        await Follow(History(Delivery));

        Assert.Equal(5, subscription.Changes.Count);
    }

    [Fact]
    public async Task A_rebuilt_view_has_what_was_lost_and_what_happened_meanwhile()
    {
        await Follow(History(Delivery)[..3]);
        _statuses.Lose(Order);
        var rebuilding = new RebuildViewHandler(_statuses, new Past(this), TimeProvider.System);

        await rebuilding.Begin(CancellationToken.None);
        Assert.True(await rebuilding.Continue(CancellationToken.None));

        var view = await _statuses.Find(Order, CancellationToken.None);
        Assert.Equal([1, 2, 3, 4], view!.History.Select(static change => change.Version));
        Assert.False(await rebuilding.Continue(CancellationToken.None));
    }

    private async Task Follow(params OrderStatusChanged[] changes)
    {
        foreach (var changed in changes)
            await new OrderStatusChangedHandler(_statuses, _feed).Handle(changed, AnyCause, CancellationToken.None);
    }

    /// <summary>Three changes; a fourth happens while they are replayed.</summary>
    private sealed class Past(FollowingOrdersTests test) : IStatusHistory
    {
        public async Task Replay(
            Func<OrderStatusChanged, CancellationToken, Task> each, Func<OrderId, CancellationToken, Task> erased, CancellationToken cancellation)
        {
            await each(History(Delivery)[0], cancellation);
            await test.Follow(History(Delivery)[3]);
            Assert.NotNull(await test._statuses.Find(Order, cancellation));
            await each(History(Delivery)[1], cancellation);
            await each(History(Delivery)[2], cancellation);
        }
    }
}

using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Ports.Points;

/// <summary>What every store of points must do.</summary>
public abstract class PointsSuite : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MembershipNumber Kim = MembershipNumber.Of(10_000_000_001);
    private static readonly MembershipNumber Lee = MembershipNumber.Of(10_000_000_002);
    private IPoints _points = null!;
    private IAsyncDisposable? _owner;

    /// <summary>An empty store, and what is to be disposed of after the test.</summary>
    protected abstract Task<(IPoints Store, IAsyncDisposable Owner)> Open();

    public async Task InitializeAsync() => (_points, _owner) = await Open();

    public async Task DisposeAsync()
    {
        if (_owner is not null)
            await _owner.DisposeAsync();
    }

    [SuiteFact]
    public async Task What_orders_bring_is_summed_up_newest_first()
    {
        await Earn(1, Kim, 180);
        await Earn(2, Kim, 50);
        await Earn(3, Lee, 7);
        await TakeBack(1, Kim);

        var account = await _points.Account(Kim, 0, 20, default);

        Assert.Equal(50, account.Points);
        Assert.Equal(3, account.History.Total);
        Assert.Equal(
            [(1L, PointsChangeKind.TakenBack, -180L), (2, PointsChangeKind.Earned, 50), (1, PointsChangeKind.Earned, 180)],
            account.History.Items.Select(static change => (change.Order.Value, change.Kind, change.Points)));
        Assert.Equal(Noon.AddMinutes(61), account.History.Items[0].At);
        Assert.Equal([2L], (await _points.Account(Kim, 1, 1, default)).History.Items.Select(static change => change.Order.Value));
    }

    [SuiteFact]
    public async Task A_member_without_orders_has_none()
    {
        var account = await _points.Account(Kim, 0, 20, default);

        Assert.Equal((0, 0), (account.Points, account.History.Total));
    }

    [SuiteFact]
    public async Task An_event_that_comes_twice_counts_once()
    {
        var twice = await _points.Of(new OrderId(1), default);
        twice.Earn(Kim, 180, Noon);
        await _points.Save(twice, Event("1-2"), default);
        await _points.Save(twice, Event("1-2"), default);

        Assert.Equal(180, (await _points.Account(Kim, 0, 20, default)).Points);
    }

    [SuiteFact]
    public async Task A_change_that_is_published_twice_counts_once()
    {
        var first = await _points.Of(new OrderId(1), default);
        var second = await _points.Of(new OrderId(1), default);
        first.Earn(Kim, 180, Noon);
        second.Earn(Kim, 180, Noon);

        await _points.Save(first, Event("a"), default);
        await Assert.ThrowsAsync<ConcurrencyException>(() => _points.Save(second, Event("b"), default));

        Assert.Equal(180, (await _points.Account(Kim, 0, 20, default)).Points);
    }

    [SuiteFact]
    public async Task A_refund_without_points_is_remembered_but_not_shown()
    {
        await TakeBack(1, Kim);
        await Earn(1, Kim, 180);

        Assert.Equal((0, 0), ((await _points.Account(Kim, 0, 20, default)) is var account ? (account.Points, account.History.Total) : default));
    }

    [SuiteFact]
    public async Task A_members_orders_at_once_do_not_wait_for_each_other_and_none_is_missed()
    {
        await Task.WhenAll(Enumerable.Range(1, 64).Select(order => Task.Run(() => Earn(order, Kim, order))));

        var account = await _points.Account(Kim, 0, 1000, default);
        Assert.Equal((64 * 65 / 2, 64), (account.Points, account.History.Items.Count));
    }

    private async Task Earn(long order, MembershipNumber member, long points)
    {
        var ofOrder = await _points.Of(new OrderId(order), default);
        ofOrder.Earn(member, points, Noon.AddMinutes(order));
        if (ofOrder.Raised.Count > 0)
            await _points.Save(ofOrder, Event($"{order}-earn"), default);
    }

    private async Task TakeBack(long order, MembershipNumber member)
    {
        var ofOrder = await _points.Of(new OrderId(order), default);
        ofOrder.TakeBack(member, Noon.AddMinutes(60 + order));
        await _points.Save(ofOrder, Event($"{order}-back"), default);
    }

    private static MessageContext Event(string id) => MessageContext.Event(id, "customer-points");
}

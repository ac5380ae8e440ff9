using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

/// <summary>What every store of the order-status view must do; an adapter's tests derive from it and open theirs.</summary>
public abstract class OrderStatusesSuite : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private IOrderStatuses _statuses = null!;
    private IAsyncDisposable? _owner;

    /// <summary>An empty store, and what is to be disposed of after the test.</summary>
    protected abstract Task<(IOrderStatuses Store, IAsyncDisposable Owner)> Open();

    public async Task InitializeAsync() => (_statuses, _owner) = await Open();

    public async Task DisposeAsync()
    {
        if (_owner is not null)
            await _owner.DisposeAsync();
    }

    [SuiteFact]
    public async Task An_order_that_nobody_has_heard_of_is_not_found() => Assert.Null(await Find(1));

    [SuiteFact]
    public async Task All_that_a_change_says_is_kept_Korean_and_emoji_included()
    {
        var changed = Changed(1, 1, OrderStatus.PaySuccess, "왜요? 🍗 'quoted' \"twice\" \\ <b>") with
        {
            Lines = [new("통닭 🍗", 2, new Money(18_000), 5), new("piña \"colada\"", 1, new Money(0), 0)],
            Total = new Money(long.MaxValue),
            CustomerId = "김철수",
            PaymentId = long.MaxValue,
            DeliveryFee = new Money(3_000),
            Discount = new Money(1_000),
        };
        await _statuses.Apply(changed, default);

        Same(OrderStatusView.Of(changed), await Find(1));
    }

    [SuiteFact]
    public async Task Changes_lengthen_the_history_and_move_the_order_on()
    {
        await Apply(Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 2, OrderStatus.OrderReceived), Changed(1, 3, OrderStatus.Cooking));

        var view = await Find(1);
        Assert.Equal(OrderStatus.Cooking, view!.Status);
        Assert.Equal([1L, 2, 3], view.History.Select(static change => change.Version));
    }

    [SuiteFact]
    public async Task A_change_delivered_again_or_late_changes_nothing_but_the_history_it_is_missing_from()
    {
        await Apply(Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 3, OrderStatus.Cooking));
        await Apply(Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 3, OrderStatus.Cooking), Changed(1, 2, OrderStatus.OrderReceived));

        var view = await Find(1);
        Assert.Equal(OrderStatus.Cooking, view!.Status);
        Assert.Equal([1L, 2, 3], view.History.Select(static change => change.Version));
    }

    [SuiteFact]
    public async Task Of_each_order_that_is_known_it_is_told_which_version_it_has()
    {
        for (var order = 1; order <= 1_200; order++)
            await Apply(Changed(order, 1, OrderStatus.PaySuccess));
        await Apply(Changed(7, 2, OrderStatus.OrderReceived));

        var revisions = await _statuses.Revisions([.. Enumerable.Range(1, 1_300).Select(static order => new OrderId(order))], default);

        Assert.Equal(1_200, revisions.Count);
        Assert.Equal((2L, 1L), (revisions[new OrderId(7)], revisions[new OrderId(1_200)]));
        Assert.Empty(await _statuses.Revisions([new OrderId(9_999)], default));
        Assert.Empty(await _statuses.Revisions([], default));
    }

    [SuiteFact]
    public async Task Each_case_is_merged_as_the_domain_merges_it()
    {
        foreach (var changes in MergeCases.All)
            await Apply([.. changes]);

        var expected = MergeCases.All.Select(MergeCases.Merged).Reverse().ToList();
        var all = await _statuses.Newest(null, null, MergeCases.All.Count + 1, default);
        Assert.Equal(Numbers(expected), Numbers(all));
        foreach (var (one, actual) in expected.Zip(all))
            Same(one, actual);
        foreach (var customer in expected.Select(static view => view.CustomerId).Distinct())
            Assert.Equal(Numbers(expected.Where(view => view.CustomerId == customer)), Numbers(await _statuses.Newest(customer, null, 1000, default)));
    }

    [SuiteFact]
    public async Task Several_who_apply_changes_of_one_order_at_once_lose_none()
    {
        var changes = Enumerable.Range(1, 8).Select(static version => Changed(1, version, OrderStatus.CancelRequested)).ToArray();

        await Task.WhenAll(changes.Concat(changes).Select(changed => Task.Run(() => _statuses.Apply(changed, default))));

        Assert.Equal([1L, 2, 3, 4, 5, 6, 7, 8], (await Find(1))!.History.Select(static change => change.Version));
    }

    [SuiteFact]
    public async Task Orders_are_listed_newest_first_and_from_where_the_page_before_ended()
    {
        for (var order = 1; order <= 5; order++)
            await Apply(Changed(order, 1, OrderStatus.PaySuccess));

        Assert.Equal([5L, 4], Numbers(await _statuses.Newest(null, null, 2, default)));
        Assert.Equal([3L, 2, 1], Numbers(await _statuses.Newest(null, new OrderId(4), 10, default)));
        Assert.Empty(await _statuses.Newest(null, new OrderId(1), 10, default));
    }

    [SuiteFact]
    public async Task One_customers_orders_are_listed_alone()
    {
        for (var order = 1; order <= 6; order++)
            await Apply(Changed(order, 1, OrderStatus.PaySuccess) with { CustomerId = order % 2 == 0 ? "kim" : "lee" });

        Assert.Equal([6L, 4, 2], Numbers(await _statuses.Newest("kim", null, 10, default)));
        Assert.Equal([2L], Numbers(await _statuses.Newest("kim", new OrderId(4), 10, default)));
        var page = await _statuses.Page("kim", 1, 2, SortDirection.Descending, default);
        Assert.Equal([2L], Numbers(page.Items));
        Assert.Equal(3, page.Total);
        Assert.Equal([6L], Numbers((await _statuses.Page("kim", 1, 2, SortDirection.Ascending, default)).Items));
        Assert.Empty(await _statuses.Newest("kim' or '1'='1", null, 10, default));
    }

    [SuiteFact]
    public async Task Pages_are_numbered_from_zero_and_know_their_total()
    {
        for (var order = 1; order <= 5; order++)
            await Apply(Changed(order, 1, OrderStatus.PaySuccess));

        var second = await _statuses.Page(null, 1, 2, SortDirection.Descending, default);

        Assert.Equal([3L, 2], Numbers(second.Items));
        Assert.Equal((5, false), (second.Total, second.Capped));
        Assert.Empty((await _statuses.Page(null, 1_000_000, 1000, SortDirection.Descending, default)).Items);
    }

    [SuiteFact]
    public async Task Pages_begin_with_the_oldest_if_that_is_asked_for()
    {
        foreach (var order in (long[])[5, 1, 4, 12, 3])
            await Apply(Changed(order, 1, OrderStatus.PaySuccess));

        var second = await _statuses.Page(null, 1, 2, SortDirection.Ascending, default);

        Assert.Equal([4L, 5], Numbers(second.Items));
        Assert.Equal((5, false), (second.Total, second.Capped));
        Assert.Equal([12L], Numbers((await _statuses.Page(null, 2, 2, SortDirection.Ascending, default)).Items));
        Assert.Empty((await _statuses.Page(null, 3, 2, SortDirection.Ascending, default)).Items);
    }

    [SuiteFact]
    public async Task A_rebuild_serves_nothing_before_it_is_complete()
    {
        await Apply(Changed(1, 1, OrderStatus.PaySuccess));
        var rebuild = await _statuses.BeginRebuild(Noon, default);

        Assert.NotNull(await Find(1));
        await Apply(Changed(2, 1, OrderStatus.PaySuccess));
        Assert.NotNull(await Find(2));

        await _statuses.CompleteRebuild(rebuild, default);
        Assert.Null(await Find(1));
        Assert.NotNull(await Find(2));
        Assert.Equal([2L], Numbers(await _statuses.Newest(null, null, 10, default)));
    }

    [SuiteFact]
    public async Task What_happens_during_a_rebuild_is_in_both_views()
    {
        await Apply(Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 2, OrderStatus.OrderReceived));
        var rebuild = await _statuses.BeginRebuild(Noon, default);

        await Apply(Changed(1, 3, OrderStatus.Cooking));
        Assert.Equal(3, (await Find(1))!.Version);
        await Apply(Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 2, OrderStatus.OrderReceived), Changed(1, 3, OrderStatus.Cooking));
        await _statuses.CompleteRebuild(rebuild, default);

        Assert.Equal([1L, 2, 3], (await Find(1))!.History.Select(static change => change.Version));
    }

    [SuiteFact]
    public async Task Beginning_a_rebuild_twice_is_one_rebuild()
    {
        var rebuilds = await Task.WhenAll(Enumerable.Range(0, 4).Select(minute =>
            Task.Run(() => _statuses.BeginRebuild(Noon.AddMinutes(minute), default))));

        Assert.Single(rebuilds.Distinct());
        Assert.Equal(rebuilds[0], await _statuses.CurrentRebuild(default));
    }

    [SuiteFact]
    public async Task Completing_a_rebuild_twice_does_nothing_more_and_another_can_follow()
    {
        var first = await _statuses.BeginRebuild(Noon, default);
        await Apply(Changed(1, 1, OrderStatus.PaySuccess));
        await _statuses.CompleteRebuild(first, default);
        await _statuses.CompleteRebuild(first, default);
        Assert.NotNull(await Find(1));
        Assert.Null(await _statuses.CurrentRebuild(default));

        var second = await _statuses.BeginRebuild(Noon, default);
        await _statuses.CompleteRebuild(first, default);
        Assert.NotNull(await Find(1));
        await _statuses.CompleteRebuild(second, default);
        Assert.Null(await Find(1));
    }

    [SuiteFact]
    public async Task What_was_written_is_erased_in_both_views_and_stays_so()
    {
        await Apply(Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 2, OrderStatus.OrderRejected, "닭이 없어요"), Changed(2, 1, OrderStatus.PayFail, "theirs"));
        var rebuild = await _statuses.BeginRebuild(Noon, default);
        await Apply(Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 2, OrderStatus.OrderRejected, "닭이 없어요"), Changed(2, 1, OrderStatus.PayFail, "theirs"));

        await _statuses.EraseTexts(new OrderId(1), default);
        await _statuses.EraseTexts(new OrderId(1), default);
        await _statuses.EraseTexts(new OrderId(99), default);

        await Apply(Changed(1, 2, OrderStatus.OrderRejected, "닭이 없어요"));
        Assert.Equal(["", "erased"], (await Find(1))!.History.Select(static change => change.Reason));
        await _statuses.CompleteRebuild(rebuild, default);
        Assert.Equal([(1L, ""), (2L, "erased")], (await Find(1))!.History.Select(static change => (change.Version, change.Reason)));
        Assert.Equal("theirs", (await Find(2))!.Reason);
        Assert.Null(await Find(99));
    }

    protected static OrderStatusChanged Changed(long order, long version, OrderStatus status, string reason = "") => new(
        new OrderId(order),
        new StatusChange(version, status, reason, Noon.AddMilliseconds(version)),
        new StoreId(1),
        "kim",
        [new("통닭", 1, new Money(18_000), 5)],
        new Money(18_000),
        PaymentId: 9);

    private static IEnumerable<long> Numbers(IEnumerable<OrderStatusView> views) => views.Select(static view => view.OrderId.Value);

    private static void Same(OrderStatusView expected, OrderStatusView? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Lines, actual.Lines);
        Assert.Equal(expected.History, actual.History);
        Assert.Equal(expected with { Lines = actual.Lines, History = actual.History }, actual);
    }

    private Task<OrderStatusView?> Find(long order) => _statuses.Find(new OrderId(order), default);

    private async Task Apply(params OrderStatusChanged[] changes)
    {
        foreach (var changed in changes)
            await _statuses.Apply(changed, default);
    }
}

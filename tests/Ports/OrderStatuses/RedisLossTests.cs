using System.Data.Common;
using System.Diagnostics;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

/// <summary>A Redis that loses what it had, or does not answer.</summary>
public sealed class RedisLossTests : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private CustomerStores _stores = null!;

    private IOrderStatuses Statuses => _stores.Services.GetRequiredService<IOrderStatuses>();

    public async Task InitializeAsync()
    {
        if (Requirement.SkipReason([RedisServer.Program]) is not null)
            return;
        _redis = await RedisServer.Start();
        _stores = CustomerStores.OnRedis(_redis);
        await Build();
    }

    public async Task DisposeAsync()
    {
        if (_stores is not null)
            await _stores.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task An_order_that_was_lost_is_refused_and_not_called_unknown()
    {
        await Statuses.Apply(Paid(1), default);

        await _redis.Ask("FLUSHALL");

        await IsAway(() => Statuses.Find(new OrderId(1), default));
        await IsAway(() => Statuses.Page(null, 0, 10, SortDirection.Descending, default));
        await IsAway(() => Statuses.Newest("kim", null, 10, default));
        await IsAway(() => Statuses.Apply(Paid(2), default));
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_rebuild_whose_beginning_was_flushed_away_never_serves()
    {
        var begun = await Statuses.BeginRebuild(DateTimeOffset.UnixEpoch, default);
        await Statuses.Apply(Paid(1), default);

        await _redis.Ask("FLUSHALL");
        var other = await Statuses.BeginRebuild(DateTimeOffset.UnixEpoch, default);
        await Statuses.CompleteRebuild(begun, default);

        Assert.NotEqual(begun.Generation, other.Generation);
        Assert.Equal(other, await Statuses.CurrentRebuild(default));
        await IsAway(() => Statuses.Find(new OrderId(1), default));
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_rebuild_that_a_restarted_server_has_half_forgotten_never_serves()
    {
        await Statuses.Apply(Paid(2), default);
        var begun = await Statuses.BeginRebuild(DateTimeOffset.UnixEpoch, default);
        await _redis.Ask("SAVE");
        await Statuses.Apply(Paid(1), default);

        await _redis.Kill();
        await _redis.Run();
        await Eventually.Holds(async () => Assert.Null(await Statuses.CurrentRebuild(default)));
        await Statuses.CompleteRebuild(begun, default);

        // The view from before the rebuild serves on.
        Assert.NotNull(await Statuses.Find(new OrderId(2), default));
        Assert.NotEqual(begun.Generation, (await Statuses.BeginRebuild(DateTimeOffset.UnixEpoch, default)).Generation);
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_server_that_is_silent_or_away_fails_calls_within_bounds_and_is_used_again_when_it_is_back()
    {
        var watch = Stopwatch.StartNew();
        await _redis.Ask("CLIENT PAUSE 20000 ALL");
        await IsAway(() => Statuses.Apply(Paid(1), default));
        await _redis.Kill();
        await IsAway(() => Statuses.Apply(Paid(1), default));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"It took {watch.Elapsed}.");

        await _redis.Run();
        await Eventually.Holds(Build);

        // A script that the new server has never seen.
        await Statuses.Apply(Paid(1), default);
        Assert.NotNull(await Statuses.Find(new OrderId(1), default));
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_server_that_comes_later_than_its_client_is_found()
    {
        await _redis.Kill();
        await using var early = CustomerStores.OnRedis(_redis);
        var statuses = early.Services.GetRequiredService<IOrderStatuses>();
        await IsAway(() => statuses.Find(new OrderId(1), default));

        await _redis.Run();

        await Eventually.Holds(() => statuses.BeginRebuild(DateTimeOffset.UnixEpoch, default));
    }

    private static OrderStatusChanged Paid(long order) => new(
        new OrderId(order),
        new StatusChange(1, OrderStatus.PaySuccess, "", DateTimeOffset.UnixEpoch),
        new StoreId(1),
        "kim",
        [new("통닭", 1, new Money(18_000), 5)],
        new Money(18_000),
        PaymentId: 9);

    private static async Task IsAway(Func<Task> call)
    {
        var away = await Assert.ThrowsAnyAsync<DbException>(call);
        Assert.True(away.IsTransient);
    }

    private async Task Build() =>
        await Statuses.CompleteRebuild(await Statuses.BeginRebuild(DateTimeOffset.UnixEpoch, default), default);
}

using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

/// <summary>Changes that one process publishes and another one's watchers hear.</summary>
public sealed class RedisFeedTests
{
    private static readonly OrderId Order = new(7);

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_watcher_hears_what_another_process_publishes_of_its_order_alone()
    {
        var redis = await RedisServer.Running();
        await using var here = CustomerStores.OnRedis(redis, nameof(A_watcher_hears_what_another_process_publishes_of_its_order_alone));
        await using var there = CustomerStores.OnRedis(redis, nameof(A_watcher_hears_what_another_process_publishes_of_its_order_alone));
        await using var watch = await Feed(here).Subscribe(Order, default);

        await Feed(there).Publish(new OrderId(8), Change(1), default);
        var change = Change(2) with { Reason = "왜요? 🍗" };
        await Feed(there).Publish(Order, change, default);

        Assert.Equal(change, await Next(watch));
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_watcher_hears_again_when_the_server_is_back()
    {
        await using var redis = await RedisServer.Start();
        await using var here = CustomerStores.OnRedis(redis, "back");
        await using var there = CustomerStores.OnRedis(redis, "back");
        await using var watch = await Feed(here).Subscribe(Order, default);

        await redis.Kill();
        await redis.Run();

        await Eventually.Holds(async () =>
        {
            await Feed(there).Publish(Order, Change(1), default);
            Assert.Equal(Change(1), await Next(watch));
        });
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_watcher_hears_again_whose_channel_the_client_has_lost_unnoticed()
    {
        await using var redis = await RedisServer.Start();
        await using var here = CustomerStores.OnRedis(redis, "lost");
        await using var there = CustomerStores.OnRedis(redis, "lost");
        await using var watch = await Feed(here).Subscribe(Order, default);

        // The server hangs up, and refuses the channel to the connection that follows.
        Assert.Equal("+OK", await redis.Ask("ACL SETUSER default resetchannels"));
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal("+OK", await redis.Ask("ACL SETUSER default allchannels"));

        await Eventually.Holds(async () =>
        {
            await Feed(there).Publish(Order, Change(1), default);
            Assert.Equal(Change(1), await Next(watch));
        });
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task What_the_feed_has_lost_is_read_from_the_view()
    {
        var redis = await RedisServer.Running();
        await using var stores = CustomerStores.OnRedis(redis);
        var statuses = stores.Services.GetRequiredService<IOrderStatuses>();
        await statuses.CompleteRebuild(await statuses.BeginRebuild(DateTimeOffset.UnixEpoch, default), default);
        var watched = await stores.Services.GetRequiredService<WatchOrderHandler>().Handle(
            new WatchOrder(Order, AfterVersion: 0), AccessScope.Everything, default);
        await using var changes = watched.Value.Changes.GetAsyncEnumerator();

        // Applied, but never published.
        var next = changes.MoveNextAsync().AsTask();
        foreach (var version in new[] { 1, 2 })
            await statuses.Apply(new OrderStatusChanged(Order, Change(version), new StoreId(1), "", [], Money.Zero, 0), default);

        Assert.True(await next.WaitAsync(Eventually.Patience));
        Assert.Equal(1, changes.Current.Version);
        Assert.True(await changes.MoveNextAsync().AsTask().WaitAsync(Eventually.Patience));
        Assert.Equal(2, changes.Current.Version);
    }

    private static IStatusFeed Feed(CustomerStores stores) => stores.Services.GetRequiredService<IStatusFeed>();

    private static StatusChange Change(long version) => new(version, OrderStatus.Cooking, "", DateTimeOffset.UnixEpoch);

    private static async Task<StatusChange> Next(IStatusSubscription watch)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        return await watch.Changes.ReadAsync(bound.Token);
    }
}

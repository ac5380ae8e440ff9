using System.Net;
using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Programs;
using FoodDelivery.Tests.Support.Redis;
using static FoodDelivery.Tests.Contract.Customers.CustomerTestService;

namespace FoodDelivery.Tests.Contract.Customers;

/// <summary>Two replicas of the service with the view in Redis, on one log and one database.</summary>
public sealed class RedisViewTests : IAsyncLifetime, IDisposable
{
    private static readonly OrderStatus[] Delivery =
        [OrderStatus.PaySuccess, OrderStatus.OrderReceived, OrderStatus.Cooking, OrderStatus.Delivering, OrderStatus.Delivered];

    private readonly DataFolder _data = new();
    private RedisServer _redis = null!;
    private CustomerTestService _one = null!;
    private CustomerTestService _other = null!;

    public async Task InitializeAsync()
    {
        if (Requirement.SkipReason([RedisServer.Program]) is not null)
            return;
        _redis = await RedisServer.Start();
        string[] settings = ["--View:Provider=Redis", $"--Redis:Configuration={_redis.Configuration}", $"--Data:Directory={_data.Path}"];
        _one = await Start(settings);
        _other = await Start(settings);
        await Ready(_one);
        await Ready(_other);
    }

    public async Task DisposeAsync()
    {
        foreach (var service in new[] { _one, _other }.OfType<CustomerTestService>())
            await service.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    [NeedsPrograms(RedisServer.Program)]
    public async Task Watchers_on_both_replicas_are_told_everything()
    {
        using var here = _one.Statuses.WatchOrder(new WatchOrderRequest { OrderId = 1, AfterVersion = 0 });
        using var there = _other.Statuses.WatchOrder(new WatchOrderRequest { OrderId = 1, AfterVersion = 0 });
        var seen = Task.WhenAll(Versions(here), Versions(there));

        foreach (var changed in History(1))
            await _one.Publish(changed);

        Assert.All(await seen.WaitAsync(Eventually.Patience), static versions => Assert.Equal([1L, 2, 3, 4, 5], versions));
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_flushed_view_is_noticed_and_built_anew_from_the_log()
    {
        var before = await Filled(orders: 20);

        await _redis.Ask("FLUSHALL");
        var lost = await _other.Rest.GetAsync(new Uri("/orderStatuses/1", UriKind.Relative));
        Assert.True(lost.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.OK, $"{lost.StatusCode}");

        await Ready(_one);
        Assert.Equal(before, await List(_one));
        Assert.Equal(before, await List(_other));
        Assert.Equal(HttpStatusCode.NotFound, (await _one.Rest.GetAsync(new Uri("/orderStatuses/999", UriKind.Relative))).StatusCode);
        await _one.Publish(Changed(999, 1, OrderStatus.PaySuccess));
        await Eventually.Holds(async () => Assert.Equal("pay_success", (await _other.Get("/orderStatuses/999")).GetProperty("status").GetString()));
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_view_that_came_back_older_than_it_was_gets_back_what_it_lacks()
    {
        await _one.Publish(History(1).Take(2));
        await Eventually.Holds(async () => Assert.Equal(2, (await _one.Get("/orderStatuses/1")).GetProperty("version").GetInt64()));
        await _redis.Ask("SAVE");
        var before = await Filled(orders: 5);

        await _redis.Kill();
        await _redis.Run();

        await Eventually.Holds(async () => Assert.Equal(before, await List(_one)));
        await Ready(_one);
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task What_happens_while_Redis_is_away_is_applied_when_it_is_back()
    {
        await _one.Publish(Enumerable.Range(1, 20).Select(static order => Changed(order, 1, OrderStatus.PaySuccess)));
        await _redis.Kill();
        await _one.Publish(Enumerable.Range(1, 20).SelectMany(static order => History(order).Skip(1)));
        await Eventually.Holds(async () => Assert.Contains("\"redis\":\"not ready\"", await Readiness(_one), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _one.Rest.GetAsync(new Uri("/orderStatuses/1", UriKind.Relative))).StatusCode);

        await _redis.Run();

        await Ready(_one);
        await Eventually.Holds(async () => Assert.All(
            (await _one.Get("/orderStatuses?size=100")).GetProperty("_embedded").GetProperty("orderStatuses").EnumerateArray(),
            static order => Assert.Equal("delivered", order.GetProperty("status").GetString())));
        Assert.Equal(20, (await _one.Get("/orderStatuses")).GetProperty("page").GetProperty("totalElements").GetInt32());
        Assert.Equal("[]", (await _one.Get("/operations/dead-letters")).GetProperty("_embedded").GetProperty("deadLetters").GetRawText());
    }

    [NeedsPrograms(RedisServer.Program)]
    public async Task A_rebuild_that_an_operator_asks_for_shows_the_same_afterwards()
    {
        var before = await Filled(orders: 20);
        var generation = await Generation(await _one.Rest.PostAsync(new Uri("/operations/order-statuses/rebuild", UriKind.Relative), null));

        Assert.Equal(before, await List(_other));
        await Eventually.Holds(async () => Assert.Equal(
            HttpStatusCode.NotFound, (await _other.Rest.GetAsync(new Uri("/operations/order-statuses/rebuild", UriKind.Relative))).StatusCode));
        Assert.Equal(before, await List(_other));
        Assert.True(generation > 1);

        // Nothing is left of the one before.
        await Eventually.Holds(async () => Assert.Equal(
            "*0", await _redis.Ask("EVAL \"return redis.call('SMEMBERS', '{fooddelivery:order-statuses}:retired')\" 0")));
    }

    private static IEnumerable<OrderStatusChanged> History(long order) =>
        Delivery.Select((status, index) => Changed(order, index + 1, status));

    private static async Task<List<long>> Versions(Grpc.Core.AsyncServerStreamingCall<WatchOrderResponse> watch)
    {
        var versions = new List<long>();
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
            versions.Add(watch.ResponseStream.Current.Change.Version);
        return versions;
    }

    private static async Task<long> Generation(HttpResponseMessage answer) =>
        System.Text.Json.JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement.GetProperty("generation").GetInt64();

    private static Task<string> List(CustomerTestService service) =>
        service.Rest.GetStringAsync(new Uri("/orderStatuses?size=1000", UriKind.Relative));

    private static async Task<string> Readiness(CustomerTestService service)
    {
        var answer = await service.Rest.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
        return await answer.Content.ReadAsStringAsync();
    }

    private static Task Ready(CustomerTestService service) => Eventually.Holds(async () =>
    {
        var readiness = await Readiness(service);
        Assert.Contains("\"status\":\"ready\"", readiness, StringComparison.Ordinal);
        Assert.Contains("\"view\":\"ready\"", readiness, StringComparison.Ordinal);
        Assert.Contains("\"redis\":\"ready\"", readiness, StringComparison.Ordinal);
    });

    private async Task<string> Filled(int orders)
    {
        await _one.Publish(Enumerable.Range(1, orders).SelectMany(static order => History(order)));
        await Eventually.Holds(async () =>
        {
            var all = await _other.Get("/orderStatuses?size=1000");
            Assert.Equal(orders, all.GetProperty("page").GetProperty("totalElements").GetInt32());
            Assert.All(all.GetProperty("_embedded").GetProperty("orderStatuses").EnumerateArray(), static order => Assert.Equal(5, order.GetProperty("version").GetInt64()));
        });
        return await List(_one);
    }
}

using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using static FoodDelivery.Tests.Contract.Customers.CustomerTestService;

namespace FoodDelivery.Tests.Contract.Customers;

public sealed class WatchOrderTests
{
    private static readonly OrderStatus[] Delivery =
        [OrderStatus.PaySuccess, OrderStatus.OrderReceived, OrderStatus.Cooking, OrderStatus.Delivering, OrderStatus.Delivered];

    [Fact]
    public async Task An_order_is_watched_from_before_it_exists_to_its_end()
    {
        await using var service = await Start();
        using var watch = Watch(service, 1);
        var history = History(1, Delivery).ToList();

        // The watch may reach the service later than the first change, but not later than its own first answer.
        await service.Publish(history[0]);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(1, watch.ResponseStream.Current.Change.Version);
        foreach (var changed in history.Skip(1))
            await service.Publish(changed);

        Assert.Equal([2L, 3, 4, 5], await Rest(watch));
        Assert.Equal(StatusCode.OK, watch.GetStatus().StatusCode);
    }

    [Fact]
    public async Task The_current_state_comes_first_with_its_label()
    {
        await using var service = await Start();
        await service.Publish(History(1, Delivery[..4]));
        await Eventually.Holds(async () => Assert.Equal(4, (await View(service, 1)).Version));
        using var watch = Watch(service, 1);

        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        var first = watch.ResponseStream.Current;
        await service.Publish(Changed(1, 5, OrderStatus.Delivered));

        Assert.Equal((1L, 4L, OrderStatus.Delivering, "배송됨", "shipped"), (first.OrderId, first.Change.Version, first.Change.Status, first.Change.Label.Ko, first.Change.Label.En));
        Assert.Equal([5L], await Rest(watch));
    }

    [Fact]
    public async Task Watching_resumes_after_a_version_and_ends_at_once_after_the_last()
    {
        await using var service = await Start();
        await service.Publish(History(1, Delivery));
        await Eventually.Holds(async () => Assert.Equal(5, (await View(service, 1)).Version));
        using var resumed = Watch(service, 1, after: 2);
        using var ended = Watch(service, 1, after: 5);

        Assert.Equal([3L, 4, 5], await Rest(resumed));
        Assert.Empty(await Rest(ended));
    }

    [Fact]
    public async Task Who_resumes_is_answered_before_anything_happens()
    {
        await using var service = await Start();
        await service.Publish(History(1, Delivery[..2]));
        await Eventually.Holds(async () => Assert.Equal(2, (await View(service, 1)).Version));
        using var resumed = Watch(service, 1, after: 2);

        await resumed.ResponseHeadersAsync.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_version_that_there_is_not_yet_is_out_of_range()
    {
        await using var service = await Start();
        await service.Publish(History(1, Delivery[..2]));
        await Eventually.Holds(async () => Assert.Equal(2, (await View(service, 1)).Version));
        using var watch = Watch(service, 1, after: 3);

        var refused = await Assert.ThrowsAsync<RpcException>(() => Rest(watch));

        Assert.Equal((StatusCode.OutOfRange, "The newest version is 2."), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Many_watchers_of_many_orders_are_each_told_everything()
    {
        await using var service = await Start();
        var watches = Enumerable.Range(0, 60).Select(number => Watch(service, 1 + (number % 10))).ToList();
        var seen = watches.Select(Rest).ToList();
        for (var version = 0; version < Delivery.Length; version++)
            await service.Publish(Enumerable.Range(1, 10).Select(order => Changed(order, version + 1, Delivery[version])));

        var all = await Task.WhenAll(seen);

        // Who came after the order began was told the state it had then; everyone was told everything after that, once and in order.
        Assert.All(all, static versions => Assert.Equal(Enumerable.Range(0, versions.Count).Select(step => versions[0] + step), versions));
        Assert.All(all, static versions => Assert.Equal(5, versions[^1]));
        watches.ForEach(static watch => watch.Dispose());
    }

    [Fact]
    public async Task A_reader_who_does_not_read_for_a_while_loses_nothing()
    {
        await using var service = await Start();
        var history = History(1, [OrderStatus.PaySuccess, .. Enumerable.Repeat(OrderStatus.CancelDeclined, 300), OrderStatus.Refunded]);
        await service.Publish(history[0]);
        using var watch = Watch(service, 1, after: 0);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        await service.Publish(history[1..]);
        await Eventually.Holds(async () => Assert.Equal(302, (await View(service, 1)).Version), TimeSpan.FromMinutes(2));

        Assert.Equal(Enumerable.Range(2, 301).Select(static version => (long)version), await Rest(watch));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(1, -1)]
    public async Task A_senseless_question_is_refused(long order, long after)
    {
        await using var service = await Start();
        using var watch = Watch(service, order, after);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => Rest(watch));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task An_unknown_order_is_not_found_and_a_known_one_is_shown_whole()
    {
        await using var service = await Start();
        var refusal = await Assert.ThrowsAsync<RpcException>(() => View(service, 1));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);

        await service.Publish(Changed(1, 1, OrderStatus.PayFail));
        var view = await Eventually.Gives(() => View(service, 1));

        Assert.Equal((OrderStatus.PayFail, 40_000, "김철수", "통닭 🍗"), (view.Status, view.TotalWon, view.CustomerId, view.Lines[0].Item));
        Assert.Equal(1, Assert.Single(view.History).Version);
    }

    [Fact]
    public async Task Orders_are_listed_newest_first_page_by_page()
    {
        await using var service = await Start();
        await service.Publish(Enumerable.Range(1, 5).Select(static order => Changed(order, 1, OrderStatus.PaySuccess)));
        await Eventually.Holds(async () => Assert.Equal(5, (await service.Statuses.ListOrderStatusesAsync(new ListOrderStatusesRequest())).OrderStatuses.Count));

        var first = await service.Statuses.ListOrderStatusesAsync(new ListOrderStatusesRequest { PageSize = 3, CustomerId = "김철수" });
        var second = await service.Statuses.ListOrderStatusesAsync(new ListOrderStatusesRequest { PageSize = 3, PageToken = first.NextPageToken });

        Assert.Equal([5L, 4, 3], first.OrderStatuses.Select(static view => view.OrderId));
        Assert.Equal([2L, 1], second.OrderStatuses.Select(static view => view.OrderId));
        Assert.Empty(second.NextPageToken);
    }

    private static OrderStatusChanged[] History(long order, params OrderStatus[] statuses) =>
        [.. statuses.Select((status, index) => Changed(order, index + 1, status))];

    private static AsyncServerStreamingCall<WatchOrderResponse> Watch(CustomerTestService service, long order, long? after = null)
    {
        var request = new WatchOrderRequest { OrderId = order };
        if (after is { } version)
            request.AfterVersion = version;
        return service.Statuses.WatchOrder(request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(60));
    }

    private static async Task<List<long>> Rest(AsyncServerStreamingCall<WatchOrderResponse> watch)
    {
        var versions = new List<long>();
        await foreach (var response in watch.ResponseStream.ReadAllAsync())
            versions.Add(response.Change.Version);
        return versions;
    }

    private static async Task<OrderStatusView> View(CustomerTestService service, long order) =>
        (await service.Statuses.GetOrderStatusAsync(new GetOrderStatusRequest { OrderId = order })).OrderStatus;
}

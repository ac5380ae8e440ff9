using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>What becomes of orders by events, over the real database and log; and the same orders over gRPC.</summary>
public sealed class OrderFlowTests : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _data = new();
    private readonly ScriptedPay _pay = new();
    private OrderingHost _ordering = null!;

    public async Task InitializeAsync()
    {
        await _pay.Start();
        _ordering = await (await OrderingHost.Start(_data, _pay.Address, OrderingHost.Unhurried)).WithMenus();
    }

    [Fact]
    public async Task An_order_follows_its_ticket_and_tells_every_step_once()
    {
        await using var log = Reading();
        (await _ordering.Rest.Post("/orders", new { item = "chicken", membershipNumber = "M-1" })).Expect(201);

        foreach (var status in new[] { TicketStatus.OrderGet, TicketStatus.Receive, TicketStatus.Cook, TicketStatus.Cook, TicketStatus.Cooked, TicketStatus.Ship, TicketStatus.Deliver })
            await _ordering.Ticket(1, status);

        await _ordering.SeesStatus(1, "delivered");
        await Eventually.Holds(() =>
        {
            var changes = log.Read<OrderStatusChanged>();
            Assert.Equal(
                [OrderStatus.PaySuccess, OrderStatus.OrderReceived, OrderStatus.Cooking, OrderStatus.Cooked, OrderStatus.Delivering, OrderStatus.Delivered],
                changes.Select(static change => change.Status));
            Assert.Equal([1, 2, 3, 4, 5, 6], changes.Select(static change => change.Version));
            Assert.Equal(("M-1", 18_000, 1001), (changes[5].MembershipNumber, changes[5].TotalWon, changes[5].PaymentId));
            Assert.Equal("chicken", Assert.Single(Assert.Single(log.Read<OrderPlaced>()).Lines).Item);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_declined_cancellation_shows_the_progress_made_meanwhile()
    {
        await using var log = Reading();
        (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);
        (await _ordering.Rest.Delete("/orders/1?reason=hungry")).Expect(202);

        await _ordering.Ticket(1, TicketStatus.Receive);
        await _ordering.Publish(Topics.Store, "1", new CancellationDeclined { OrderId = 1, StoreId = 1, Reason = "요리 중" });

        var order = await _ordering.SeesStatus(1, "order_received");
        Assert.Equal(("요리 중", 4), (order.Word("reason"), order.Number("statusVersion")));
        await Eventually.Holds(() =>
        {
            Assert.Equal("hungry", Assert.Single(log.Read<OrderCancelRequested>()).Reason);
            Assert.Equal(OrderStatus.CancelDeclined, log.Read<OrderStatusChanged>()[2].Status);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Money_under_a_number_never_issued_is_sent_back()
    {
        await using var log = Reading();

        await _ordering.Publish(Topics.Payment, "4711", new PaymentApproved { OrderId = 4711, AmountWon = 1 });

        await Eventually.Holds(() =>
        {
            Assert.Equal(4711, Assert.Single(log.Read<OrderAttemptAbandoned>()).OrderId);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_new_menu_is_sold_from_as_soon_as_it_is_known_and_an_older_one_never_again()
    {
        var newer = OrderingHost.Menu(1, new Dish { DishId = 1, PriceWon = 19_000, Names = { "chicken" } });
        newer.Menu.Revision = 5;
        await _ordering.Publish(Topics.Store, "store-1", newer);
        await Eventually.Holds(async () => (await _ordering.Rest.Post("/orders", new { item = "chicken", price = 19_000 })).Expect(201));

        await _ordering.Publish(Topics.Store, "store-1", OrderingHost.Menu(1, new Dish { DishId = 1, PriceWon = 1, Names = { "chicken" } }));
        await _ordering.Publish(Topics.Store, "store-1", OrderingHost.Menu(9, new Dish { DishId = 1, PriceWon = 1, Names = { "marker" } }));
        await Eventually.Holds(async () => (await _ordering.Rest.Post("/orders", new { item = "marker" })).Expect(201));

        Assert.Equal(19_000, (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201).Number("price"));
    }

    [Fact]
    public async Task Without_menus_it_is_not_ready_and_sells_nothing()
    {
        using var empty = new DataFolder();
        await using var ordering = await OrderingHost.Start(empty, _pay.Address);

        (await ordering.Rest.Get("/healthz/ready")).Expect(503);
        Assert.Equal("MENUS_NOT_READY", (await ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(503).Word("reason"));
        (await ordering.Rest.Get("/healthz/live")).Expect(200);
    }

    [Fact]
    public async Task Orders_and_menus_survive_a_restart()
    {
        (await _ordering.Rest.Post("/orders", new { item = "chicken", address = "서울 🍗" }, "k")).Expect(201);
        await _ordering.DisposeAsync();

        _ordering = await OrderingHost.Start(_data, _pay.Address, OrderingHost.Unhurried);

        Assert.Equal("서울 🍗", (await _ordering.Rest.Get("/orders/1")).Expect(200).Word("address"));
        Assert.Equal(1, (await _ordering.Rest.Post("/orders", new { item = "chicken", address = "서울 🍗" }, "k")).Expect(201).Number("orderId"));
        Assert.Equal(2, (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201).Number("orderId"));
    }

    [Fact]
    public async Task Orders_can_be_placed_listed_and_cancelled_over_grpc()
    {
        for (var i = 0; i < 3; i++)
            await _ordering.Grpc.PlaceOrderAsync(new PlaceOrderRequest { Items = { new OrderItem { Item = "cola" } }, RequestId = $"r{i}", CustomerId = "kim" });

        var again = await _ordering.Grpc.PlaceOrderAsync(new PlaceOrderRequest { Items = { new OrderItem { Item = "cola" } }, RequestId = "r0", CustomerId = "kim" });
        Assert.Equal(1, again.Order.OrderId);

        var first = await _ordering.Grpc.ListOrdersAsync(new ListOrdersRequest { PageSize = 2 });
        var last = await _ordering.Grpc.ListOrdersAsync(new ListOrdersRequest { PageSize = 2, PageToken = first.NextPageToken });
        Assert.Equal([3, 2, 1], first.Orders.Concat(last.Orders).Select(static order => order.OrderId));
        Assert.Equal("", last.NextPageToken);

        var asked = await _ordering.Grpc.CancelOrderAsync(new CancelOrderRequest { OrderId = 2, Reason = "late" });
        Assert.Equal((OrderStatus.CancelRequested, 2), (asked.Order.Status, asked.Order.StatusVersion));
        Assert.Equal(asked.Order, (await _ordering.Grpc.GetOrderAsync(new GetOrderRequest { OrderId = 2 })).Order);
    }

    [Fact]
    public async Task Refusals_have_their_codes_over_grpc()
    {
        Assert.Equal(StatusCode.InvalidArgument, await Refusal(new PlaceOrderRequest()));
        Assert.Equal(StatusCode.InvalidArgument, await Refusal(new PlaceOrderRequest { Items = { new OrderItem { Item = "cola", Quantity = -1 } } }));
        Assert.Equal(StatusCode.FailedPrecondition, await Refusal(new PlaceOrderRequest { Items = { new OrderItem { Item = "cola", UnitPriceWon = 1 } } }));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(async () => await _ordering.Grpc.GetOrderAsync(new GetOrderRequest { OrderId = 1 }))).StatusCode);
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await _ordering.Grpc.ListOrdersAsync(new ListOrdersRequest { PageToken = "?" }))).StatusCode);
        _pay.Answer = static (_, _) => Task.FromResult(PaymentStatus.Declined);
        Assert.Equal(StatusCode.FailedPrecondition, await Refusal(new PlaceOrderRequest { Items = { new OrderItem { Item = "cola" } } }));
    }

    public async Task DisposeAsync()
    {
        await _ordering.DisposeAsync();
        await _pay.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    private async Task<StatusCode> Refusal(PlaceOrderRequest request) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await _ordering.Grpc.PlaceOrderAsync(request))).StatusCode;

    private LogReader Reading() => new(_ordering.App.Services.GetRequiredService<IEventLog>(), Topics.Ordering);
}

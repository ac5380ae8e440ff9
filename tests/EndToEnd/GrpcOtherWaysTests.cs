using FoodDelivery.Protos.Customer.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using Google.Rpc;
using Grpc.Core;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The other ways of an order by gRPC: picked up, rejected, declined, at another price; and what is told of it.</summary>
public sealed class GrpcOtherWaysTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task A_cafes_customer_picks_up_and_is_told_each_step()
    {
        var id = (await Place(new { item = "donut" })).Id;
        await Eventually.Gives(async () => await Tickets.AcceptTicketAsync(new AcceptTicketRequest { OrderId = id }, Soon));
        await Tickets.StartCookingAsync(new StartCookingRequest { OrderId = id }, Soon);
        await Tickets.FinishCookingAsync(new FinishCookingRequest { OrderId = id }, Soon);
        await Tickets.HandOverAsync(new HandOverRequest { OrderId = id }, Soon);

        await Eventually.Holds(async () =>
        {
            var view = (await Views.GetOrderStatusAsync(new GetOrderStatusRequest { OrderId = id }, Soon)).OrderStatus;
            Assert.Equal(OrderStatus.PickedUp, view.Status);
            Assert.Equal([1L, 2L, 3L, 4L, 5L], view.History.Select(static change => change.Version));
            Assert.NotEmpty(view.Label.Ko);
        });
        await Eventually.Holds(async () =>
        {
            var told = await Notifications.ListNotificationsAsync(new ListNotificationsRequest { OrderId = id, PageSize = 100 }, Soon);
            Assert.Equal(
                ["cooked", "cooking", "order_get", "order_received", "pay_success", "picked_up"],
                told.Notifications.Select(static one => one.Status).Order(StringComparer.Ordinal));
        });
        var page = await Views.ListOrderStatusesAsync(new ListOrderStatusesRequest { PageSize = 1000 }, Soon);
        Assert.Single(page.OrderStatuses, view => view.OrderId == id);
    }

    [Fact]
    public async Task A_rejected_order_is_refunded_and_the_reason_is_told()
    {
        var id = (await Chicken()).Id;

        await Eventually.Gives(async () => await Tickets.RejectTicketAsync(new RejectTicketRequest { OrderId = id, Reason = "가스가 없어요 🔥" }, Soon));

        await Eventually.Holds(async () =>
        {
            var view = (await Views.GetOrderStatusAsync(new GetOrderStatusRequest { OrderId = id }, Soon)).OrderStatus;
            Assert.Equal(OrderStatus.Refunded, view.Status);
            Assert.Equal("가스가 없어요 🔥", view.History.Single(static change => change.Status == OrderStatus.OrderRejected).Reason);
        });
    }

    [Fact]
    public async Task A_declined_card_names_the_attempt()
    {
        var tooDear = new PlaceOrderRequest { Items = { new OrderItem { Item = "IceAmericano", Quantity = 99, UnitPriceWon = 100_000 } } };

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await OrderService.PlaceOrderAsync(tooDear, Soon));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        var id = long.Parse(RichError.Of<ErrorInfo>(refused).Metadata["order_id"]);
        await Eventually.Holds(async () => Assert.Equal(
            OrderStatus.PayFail, (await Views.GetOrderStatusAsync(new GetOrderStatusRequest { OrderId = id }, Soon)).OrderStatus.Status));
        var unknown = await Assert.ThrowsAsync<RpcException>(async () => await OrderService.GetOrderAsync(new GetOrderRequest { OrderId = id }, Soon));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Another_price_than_the_menus_is_refused_with_todays()
    {
        var today = (await Orders.Post("/orders", new { item = "pizza" })).Expect(201).Number("price");
        var cheap = new PlaceOrderRequest { Items = { new OrderItem { Item = "pizza", UnitPriceWon = today - 1 } } };

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await OrderService.PlaceOrderAsync(cheap, Soon));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal(today.ToString(), RichError.Of<ErrorInfo>(refused).Metadata["expected"]);
    }

    private static CallOptions Soon => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(15));

    private OrderService.OrderServiceClient OrderService => new(Fleet.Channel("Order"));

    private TicketService.TicketServiceClient Tickets => new(Fleet.Channel("Store"));

    private OrderStatusService.OrderStatusServiceClient Views => new(Fleet.Channel("Customer"));

    private NotificationService.NotificationServiceClient Notifications => new(Fleet.Channel("Customer"));
}

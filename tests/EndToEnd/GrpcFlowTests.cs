using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using Google.Rpc;
using Grpc.Core;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>The flows by gRPC.</summary>
public sealed class GrpcFlowTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task A_dish_goes_from_the_menu_to_the_doorstep()
    {
        var menu = await Menus.GetMenuAsync(new GetMenuRequest { StoreId = 2 }, Soon);
        var pizza = menu.Menu.Dishes.Single(static dish => dish.Names.Contains("pizza", StringComparer.OrdinalIgnoreCase));

        var order = (await OrderService.PlaceOrderAsync(
            new PlaceOrderRequest
            {
                Items = { new OrderItem { Item = " 피자 ", Quantity = 2, UnitPriceWon = pizza.PriceWon } },
                StoreId = 2,
                CustomerId = "이영희😀",
                Address = "인천시 🏠",
            },
            Soon)).Order;
        Assert.Equal(OrderStatus.PaySuccess, order.Status);
        Assert.Equal(2 * pizza.PriceWon, order.TotalWon);
        Assert.Equal("피자", Assert.Single(order.Lines).Item);
        Assert.Equal("인천시 🏠", order.Address);

        var id = order.OrderId;
        var ticket = await Eventually.Gives(async () => await Tickets.GetTicketAsync(new GetTicketRequest { OrderId = id }, Soon));
        Assert.Equal(TicketStatus.OrderGet, ticket.Ticket.Status);
        Assert.Equal(TicketStatus.Receive, (await Tickets.AcceptTicketAsync(new AcceptTicketRequest { OrderId = id }, Soon)).Ticket.Status);
        Assert.Equal(TicketStatus.Cook, (await Tickets.StartCookingAsync(new StartCookingRequest { OrderId = id }, Soon)).Ticket.Status);
        Assert.Equal(TicketStatus.Cooked, (await Tickets.FinishCookingAsync(new FinishCookingRequest { OrderId = id }, Soon)).Ticket.Status);
        Assert.Equal(TicketStatus.Ship, (await Tickets.StartDeliveryAsync(new StartDeliveryRequest { OrderId = id }, Soon)).Ticket.Status);
        Assert.Equal(TicketStatus.Deliver, (await Tickets.FinishDeliveryAsync(new FinishDeliveryRequest { OrderId = id }, Soon)).Ticket.Status);

        await Eventually.Holds(async () => Assert.Equal(OrderStatus.Delivered, (await OrderService.GetOrderAsync(new GetOrderRequest { OrderId = id }, Soon)).Order.Status));
        var payment = Assert.Single((await PaymentService.ListPaymentsAsync(new ListPaymentsRequest { OrderId = id }, Soon)).Payments);
        Assert.Equal(PaymentStatus.Approved, payment.Status);
        Assert.Equal(order.TotalWon, payment.AmountWon);
    }

    [Fact]
    public async Task A_request_id_makes_placing_repeatable()
    {
        var request = new PlaceOrderRequest { Items = { new OrderItem { Item = "chicken" } }, RequestId = Guid.NewGuid().ToString() };

        var first = await OrderService.PlaceOrderAsync(request, Soon);
        var second = await OrderService.PlaceOrderAsync(request, Soon);
        Assert.Equal(first.Order.OrderId, second.Order.OrderId);

        request.Items[0].Quantity = 2;
        var reused = await Refused(async () => await OrderService.PlaceOrderAsync(request, Soon));
        Assert.Equal(StatusCode.InvalidArgument, reused.StatusCode);
    }

    [Fact]
    public async Task A_cancelled_order_is_refunded()
    {
        var id = (await Chicken()).Id;

        await OrderService.CancelOrderAsync(new CancelOrderRequest { OrderId = id, Reason = "배가 아파요" }, Soon);

        await Eventually.Holds(async () => Assert.Equal(OrderStatus.Refunded, (await OrderService.GetOrderAsync(new GetOrderRequest { OrderId = id }, Soon)).Order.Status));
    }

    [Fact]
    public async Task An_operators_refund_cancels_the_order()
    {
        var id = (await Chicken()).Id;

        var refunded = await PaymentService.RefundPaymentAsync(new RefundPaymentRequest { OrderId = id, Reason = "음식이 식었어요" }, Soon);
        var again = await PaymentService.RefundPaymentAsync(new RefundPaymentRequest { OrderId = id }, Soon);

        Assert.Equal(refunded.Payment.PaymentId, again.Payment.PaymentId);
        await Eventually.Holds(async () => Assert.Equal(OrderStatus.Refunded, (await OrderService.GetOrderAsync(new GetOrderRequest { OrderId = id }, Soon)).Order.Status));
    }

    [Fact]
    public async Task A_refusal_says_why_in_details()
    {
        var id = (await Chicken()).Id;
        await Eventually.Gives(async () => await Tickets.AcceptTicketAsync(new AcceptTicketRequest { OrderId = id }, Soon));

        var invalid = await Refused(async () => await OrderService.PlaceOrderAsync(new PlaceOrderRequest { Items = { new OrderItem { Item = "unicorn" } } }, Soon));
        Assert.Equal(StatusCode.InvalidArgument, invalid.StatusCode);
        Assert.Equal("items[0].item", Assert.Single(RichError.Of<BadRequest>(invalid).FieldViolations).Field);

        var twice = await Refused(async () => await Tickets.AcceptTicketAsync(new AcceptTicketRequest { OrderId = id }, Soon));
        Assert.Equal(StatusCode.FailedPrecondition, twice.StatusCode);
        Assert.NotEmpty(RichError.Of<ErrorInfo>(twice).Reason);

        var unknown = await Refused(async () => await OrderService.GetOrderAsync(new GetOrderRequest { OrderId = 999999999 }, Soon));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Orders_come_in_pages_newest_first()
    {
        var customer = Guid.NewGuid().ToString();
        for (var number = 0; number < 3; number++)
            await Place(new { item = "chicken", customerId = customer });

        var first = await OrderService.ListOrdersAsync(new ListOrdersRequest { CustomerId = customer, PageSize = 2 }, Soon);
        var second = await OrderService.ListOrdersAsync(new ListOrdersRequest { CustomerId = customer, PageSize = 2, PageToken = first.NextPageToken }, Soon);

        var ids = first.Orders.Concat(second.Orders).Select(static order => order.OrderId).ToList();
        Assert.Equal(3, ids.Count);
        Assert.Equal(ids.OrderDescending(), ids);
        Assert.Empty(second.NextPageToken);
    }

    private static CallOptions Soon => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(15));

    private OrderService.OrderServiceClient OrderService => new(Fleet.Channel("Order"));

    private PaymentService.PaymentServiceClient PaymentService => new(Fleet.Channel("Pay"));

    private TicketService.TicketServiceClient Tickets => new(Fleet.Channel("Store"));

    private MenuService.MenuServiceClient Menus => new(Fleet.Channel("Store"));

    private static Task<RpcException> Refused(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);
}

using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>What becomes of a placed order when stores, payments and customers speak up.</summary>
public sealed class FollowingTests
{
    private static readonly OrderId First = new(1);
    private readonly Shop _shop = new();
    private int _events;

    [Fact]
    public async Task An_order_follows_its_ticket_to_the_customers_door()
    {
        await Placed();

        await Tickets(TicketStatus.Opened, TicketStatus.Accepted, TicketStatus.Cooking, TicketStatus.Cooked, TicketStatus.Delivering, TicketStatus.Delivered);

        Assert.Equal(
            [OrderStatus.PaySuccess, OrderStatus.Received, OrderStatus.Cooking, OrderStatus.Cooked, OrderStatus.Delivering, OrderStatus.Delivered],
            _shop.Statuses);
    }

    [Fact]
    public async Task A_rejected_order_ends_refunded()
    {
        await Placed();

        await Tickets(TicketStatus.Rejected);
        await Refund();

        Assert.Equal([OrderStatus.PaySuccess, OrderStatus.Rejected, OrderStatus.Refunded], _shop.Statuses);
        Assert.Single(_shop.Published<OrderRejected>());
        Assert.Empty(_shop.Published<OrderCancelled>());
    }

    [Fact]
    public async Task A_granted_cancellation_ends_refunded()
    {
        await Placed();

        await Cancel("changed my mind");
        await Tickets(TicketStatus.Cancelled);
        await Refund();

        Assert.Equal([OrderStatus.PaySuccess, OrderStatus.CancelRequested, OrderStatus.Cancelled, OrderStatus.Refunded], _shop.Statuses);
        Assert.Equal("changed my mind", Assert.Single(_shop.Published<OrderCancelled>()).Reason);
    }

    [Fact]
    public async Task A_declined_cancellation_says_why_and_where_the_order_now_is()
    {
        await Placed();

        await Cancel("hurry");
        await Tickets(TicketStatus.Accepted, TicketStatus.Cooking);
        await Decline("already cooking");
        await Tickets(TicketStatus.Cooked);

        Assert.Equal(
            [OrderStatus.PaySuccess, OrderStatus.CancelRequested, OrderStatus.CancelDeclined, OrderStatus.Cooking, OrderStatus.Cooked], _shop.Statuses);
        Assert.Equal("already cooking", _shop.Published<OrderStatusChanged>()[2].Reason);
    }

    [Fact]
    public async Task Asking_twice_to_cancel_is_the_same_answer_and_no_change()
    {
        await Placed();

        var first = await Cancel("a");
        var second = await Cancel("b");

        Assert.Equal(first.Value.Snapshot, second.Value.Snapshot);
        Assert.Single(_shop.Published<OrderCancelRequested>());
    }

    [Theory]
    [InlineData(TicketStatus.Delivered, "ALREADY_DELIVERED")]
    [InlineData(TicketStatus.PickedUp, "ALREADY_PICKED_UP")]
    [InlineData(TicketStatus.Rejected, "ALREADY_REJECTED")]
    [InlineData(TicketStatus.Cancelled, "ALREADY_CANCELLED")]
    public async Task An_order_that_is_over_cannot_be_cancelled(TicketStatus end, string reason)
    {
        await Placed();
        await Tickets(end);

        Assert.True((await Cancel("")).IsError(out var refusal));

        Assert.Equal((ErrorKind.Conflict, reason, First), (refusal.Kind, refusal.Reason, refusal.Order));
    }

    [Fact]
    public async Task An_unknown_order_cannot_be_cancelled()
    {
        Assert.True((await Cancel("")).IsError(out var refusal));

        Assert.Equal((ErrorKind.NotFound, "ORDER_NOT_FOUND"), (refusal.Kind, refusal.Reason));
    }

    [Fact]
    public async Task An_operators_refund_cancels_the_order()
    {
        await Placed();
        await Tickets(TicketStatus.Accepted);

        await Refund();

        Assert.Equal([OrderStatus.PaySuccess, OrderStatus.Received, OrderStatus.Cancelled, OrderStatus.Refunded], _shop.Statuses);
        Assert.Single(_shop.Published<OrderCancelled>());
    }

    [Fact]
    public async Task An_operators_refund_cancels_even_what_was_picked_up()
    {
        await Placed();
        await Tickets(TicketStatus.Accepted, TicketStatus.Cooking, TicketStatus.Cooked, TicketStatus.PickedUp);

        await Refund();

        Assert.Equal([OrderStatus.PickedUp, OrderStatus.Cancelled, OrderStatus.Refunded], _shop.Statuses.TakeLast(3));
    }

    [Fact]
    public async Task A_faster_writer_makes_a_cancellation_decide_anew()
    {
        await Placed();
        _shop.Ledger.BeforeSave = async () =>
        {
            _shop.Ledger.BeforeSave = static () => Task.CompletedTask;
            await Tickets(TicketStatus.Rejected);
        };

        Assert.True((await Cancel("")).IsError(out var refusal));

        Assert.Equal("ALREADY_REJECTED", refusal.Reason);
    }

    [Fact]
    public async Task Money_under_an_unknown_number_is_sent_back_once()
    {
        var cause = MessageContext.Event("e", "ordering-payments");
        var payments = new PaymentEventsHandler(_shop.Ledger, _shop.Ledger, _shop.Time);

        await payments.Handle(new PaymentApproved(new OrderId(77)), cause, CancellationToken.None);
        await payments.Handle(new PaymentApproved(new OrderId(77)), cause, CancellationToken.None);

        Assert.Equal(new OrderId(77), Assert.Single(_shop.Published<OrderAttemptAbandoned>()).Order);
    }

    [Fact]
    public async Task Money_under_a_number_of_ours_is_nobodys_concern()
    {
        await Placed();

        await new PaymentEventsHandler(_shop.Ledger, _shop.Ledger, _shop.Time).Handle(new PaymentApproved(First), NextEvent(), CancellationToken.None);

        Assert.Empty(_shop.Published<OrderAttemptAbandoned>());
    }

    [Fact]
    public async Task Nor_is_it_where_the_orders_attempt_is_kept_no_longer()
    {
        await Placed();
        _shop.Ledger.Forget(First);

        await new PaymentEventsHandler(_shop.Ledger, _shop.Ledger, _shop.Time).Handle(new PaymentApproved(First), NextEvent(), CancellationToken.None);

        Assert.Empty(_shop.Published<OrderAttemptAbandoned>());
    }

    private async Task Placed() => Assert.Equal(First, (await _shop.Place(Given.AnOrderFor("chicken"))).Value.Id);

    private MessageContext NextEvent() => MessageContext.Event($"event-{++_events}", "test");

    private Task<Result<Order>> Cancel(string reason) =>
        new CancelOrderHandler(_shop.Ledger, _shop.Time).Handle(new CancelOrder(First, reason), AccessScope.Everything, _shop.NextCause(), CancellationToken.None);

    private Task Decline(string reason) =>
        new TicketEventsHandler(_shop.Ledger, _shop.Time).Handle(new CancellationDeclined(First, reason), NextEvent(), CancellationToken.None);

    private Task Refund() =>
        new PaymentEventsHandler(_shop.Ledger, _shop.Ledger, _shop.Time).Handle(new PaymentRefunded(First, ""), NextEvent(), CancellationToken.None);

    private async Task Tickets(params TicketStatus[] moves)
    {
        foreach (var move in moves)
            await new TicketEventsHandler(_shop.Ledger, _shop.Time).Handle(new TicketMoved(First, move, ""), NextEvent(), CancellationToken.None);
    }
}

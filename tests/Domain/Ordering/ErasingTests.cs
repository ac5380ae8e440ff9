using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>A customer is forgotten, when all the orders have ended.</summary>
public sealed class ErasingTests
{
    private static readonly OrderId First = new(1);
    private static readonly OrderId Second = new(2);
    private readonly Shop _shop = new();
    private int _events;

    [Fact]
    public async Task As_long_as_an_order_is_under_way_nothing_is_forgotten()
    {
        await Placed();
        await Delivered(First);
        await Placed();

        Assert.True((await Erase()).IsError(out var refusal));

        Assert.Equal((ErrorKind.Conflict, "ORDER_UNDER_WAY", Second), (refusal.Kind, refusal.Reason, refusal.Order));
        Assert.Empty(_shop.Published<OrderErased>());
        Assert.Empty(_shop.Published<CustomerErased>());
        Assert.All(_shop.Ledger.Orders, static order => Assert.Equal("Seoul", order.Details.Address));
    }

    [Fact]
    public async Task What_was_written_is_forgotten_and_what_was_paid_is_not()
    {
        await Placed();
        await Delivered(First);
        _shop.Payments.Before = static _ => Task.FromResult<Error?>(CardTerminal.Declined);
        await _shop.Place(Given.AnOrderFor("chicken"));

        Assert.Null((await Erase()).Error);

        var order = Assert.Single(_shop.Ledger.Orders);
        Assert.Equal(("erased", "", "kim", 18_000), (order.Details.Address, order.Details.MembershipNumber, order.Details.Customer, order.Details.Total.Won));
        Assert.Equal([First, Second], _shop.Published<OrderErased>().Select(static erased => erased.Order));
        Assert.Equal([First, Second], Assert.Single(_shop.Published<CustomerErased>()).Orders);
        Assert.IsType<CustomerErased>(_shop.Ledger.Published.Last());
    }

    [Fact]
    public async Task Asked_again_it_goes_on_where_it_was_interrupted()
    {
        await Placed();
        await Placed();
        await Delivered(First);
        await Delivered(Second);
        var saves = 0;
        _shop.Ledger.BeforeSave = () => ++saves == 2 ? throw new InvalidOperationException("The process dies.") : Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(Erase);

        Assert.Null((await Erase()).Error);

        Assert.Equal([First, Second], _shop.Published<OrderErased>().Select(static erased => erased.Order));
        Assert.Equal([First, Second], Assert.Single(_shop.Published<CustomerErased>()).Orders);
    }

    [Fact]
    public async Task An_order_can_still_be_refunded_and_says_nothing_that_was_forgotten()
    {
        await Placed();
        await Delivered(First);
        Assert.Null((await Erase()).Error);

        await new PaymentEventsHandler(_shop.Ledger, _shop.Ledger, _shop.Time).Handle(new PaymentRefunded(First, ""), Happened(), CancellationToken.None);

        Assert.Equal(("erased", OrderStatus.Refunded), (_shop.Published<OrderStatusChanged>()[^1].Details.Address, _shop.Published<OrderStatusChanged>()[^1].Status));
    }

    [Fact]
    public async Task Nobody_is_forgotten_by_another_and_nobody_is_nobody()
    {
        Assert.Equal(ErrorKind.Forbidden, (await Erase(AccessScope.OfCustomer("lee"))).Error?.Kind);
        Assert.Equal("customerId", (await Erase(AccessScope.Everything, "")).Error?.Field);
        Assert.Null((await Erase(AccessScope.OfCustomer("kim"), "")).Error);
        Assert.Equal("kim", Assert.Single(_shop.Published<CustomerErased>()).Customer);
    }

    private async Task Placed() => Assert.Null((await _shop.Place(Given.AnOrderFor("chicken"))).Error);

    private Task Delivered(OrderId order) =>
        new TicketEventsHandler(_shop.Ledger, _shop.Time).Handle(new TicketMoved(order, TicketStatus.Delivered, ""), Happened(), CancellationToken.None);

    private MessageContext Happened() => MessageContext.Event($"event-{++_events}", "test");

    private Task<Result<Unit>> Erase() => Erase(AccessScope.Everything);

    private Task<Result<Unit>> Erase(AccessScope scope, string customer = "kim") =>
        new EraseCustomerHandler(_shop.Ledger, _shop.Ledger, _shop.Ledger, _shop.Time)
            .Handle(new EraseCustomer(customer), scope, _shop.NextCause(), CancellationToken.None);
}

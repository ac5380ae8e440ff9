using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>Paid orders whose ticket never comes.</summary>
public sealed class OrdersWithoutTicketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly OrderId First = new(1);
    private readonly Shop _shop = new();
    private int _events;

    [Fact]
    public async Task Its_store_is_told_again_ever_later_and_not_for_ever()
    {
        await Placed();
        var told = new List<int>();
        for (var minute = 1; minute < 24 * 60; minute++)
        {
            _shop.Time.Advance(TimeSpan.FromMinutes(1));
            if ((await Sweep()).Reminded.Count > 0)
                told.Add(minute);
        }

        Assert.Equal([3, 8, 17], told);
        Assert.Equal(1 + told.Count, _shop.Published<OrderPlaced>().Count);
        Assert.Single(_shop.Published<OrderPlaced>().Distinct());
        Assert.Equal([OrderStatus.PaySuccess], _shop.Statuses);
        Assert.Equal(1, (await Sweep()).Waiting);
    }

    [Fact]
    public async Task After_long_it_is_cancelled_with_a_code_after_its_store_was_told_once_more_and_refunded()
    {
        await Placed();
        _shop.Time.Advance(TimeSpan.FromDays(1));
        Assert.Empty((await Sweep()).GivenBack);
        _shop.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([First], (await Sweep()).GivenBack);

        Assert.Equal([OrderStatus.PaySuccess, OrderStatus.Cancelled], _shop.Statuses);
        Assert.Equal("STORE_NOT_REACHED", _shop.Published<OrderStatusChanged>()[^1].ReasonCode);
        Assert.Equal(
            ["OrderPlaced", "OrderStatusChanged", "OrderCancelled"], _shop.Ledger.Published.TakeLast(3).Select(static happened => happened.GetType().Name));
        Assert.Equal((0, 0, 0), Counts(await Sweep()));
    }

    [Fact]
    public async Task It_is_never_given_back_where_that_is_off()
    {
        await Placed();
        _shop.Time.Advance(TimeSpan.FromDays(1000));

        Assert.Empty((await Sweep(giveBackAfter: null)).GivenBack);
        Assert.Equal([OrderStatus.PaySuccess], _shop.Statuses);
    }

    [Theory]
    [InlineData(TicketStatus.Opened, "")]
    [InlineData(TicketStatus.Accepted, "")]
    [InlineData(TicketStatus.Rejected, "")]
    [InlineData(TicketStatus.Cancelled, "")]
    [InlineData(TicketStatus.Opened, "hurry")]
    [InlineData(TicketStatus.Accepted, "hurry")]
    public async Task One_whose_ticket_has_come_is_left_alone(TicketStatus ticket, string cancelling)
    {
        await Placed();
        if (cancelling.Length > 0)
            await new CancelOrderHandler(_shop.Ledger, _shop.Time).Handle(new CancelOrder(First, cancelling), AccessScope.Everything, _shop.NextCause(), default);
        await Happens(ticket);
        var statuses = _shop.Statuses;
        _shop.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal((0, 0, 0), Counts(await Sweep()));
        Assert.Single(_shop.Published<OrderPlaced>());
        Assert.Equal(statuses, _shop.Statuses);
    }

    [Fact]
    public async Task One_whose_ticket_comes_meanwhile_is_left_as_it_is()
    {
        await Placed();
        _shop.Time.Advance(TimeSpan.FromDays(2));
        _shop.Ledger.BeforeSave = async () =>
        {
            _shop.Ledger.BeforeSave = static () => Task.CompletedTask;
            await Happens(TicketStatus.Accepted);
        };

        Assert.Equal((0, 0, 0), Counts(await Sweep()));
        Assert.Equal([OrderStatus.PaySuccess, OrderStatus.Received], _shop.Statuses);
    }

    private static (int Waiting, int Reminded, int GivenBack) Counts(SweptOrders swept) => (swept.Waiting, swept.Reminded.Count, swept.GivenBack.Count);

    private async Task Placed() => Assert.Null((await _shop.Place(Given.AnOrderFor("chicken"))).Error);

    private Task<SweptOrders> Sweep() => Sweep(TimeSpan.FromDays(1));

    private Task<SweptOrders> Sweep(TimeSpan? giveBackAfter) => new SweepOrdersWithoutTicketHandler(_shop.Ledger, _shop.Time)
        .Handle(new SweepOrdersWithoutTicket(Patience, Reminders: 3, giveBackAfter), _shop.NextCause(), default);

    private Task Happens(TicketStatus ticket) => new TicketEventsHandler(_shop.Ledger, _shop.Time)
        .Handle(new TicketMoved(First, ticket, ""), MessageContext.Event($"event-{++_events}", "tickets"), default);
}

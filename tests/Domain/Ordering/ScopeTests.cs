using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>What of the orders a caller sees and touches.</summary>
public sealed class ScopeTests
{
    private static readonly OrderId First = new(1);
    private static readonly AccessScope Kim = AccessScope.OfCustomer("kim");
    private static readonly AccessScope Lee = AccessScope.OfCustomer("lee");
    private readonly Shop _shop = new();

    [Fact]
    public async Task An_order_is_the_callers_own_where_it_names_nobody()
    {
        var placed = await _shop.Place(Given.AnOrderFor("chicken") with { Customer = "" }, Kim);

        Assert.Equal("kim", placed.Value.Details.Customer);
    }

    [Fact]
    public async Task Nobody_orders_for_somebody_else()
    {
        Assert.True((await _shop.Place(Given.AnOrderFor("chicken"), Lee)).IsError(out var refusal));

        Assert.Equal((ErrorKind.Forbidden, "NOT_YOURS", "customerId"), (refusal.Kind, refusal.Reason, refusal.Field));
        Assert.Equal(0, _shop.Ledger.Attempts);
    }

    [Fact]
    public async Task Another_customers_order_is_not_there()
    {
        await _shop.Place(Given.AnOrderFor("chicken"));
        var getting = new GetOrderHandler(_shop.Ledger);

        Assert.Null((await getting.Handle(First, Kim, CancellationToken.None)).Error);
        Assert.Equal(Error.NotFound("order", First), (await getting.Handle(First, Lee, CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Another_customers_order_cannot_be_cancelled_and_its_reason_is_not_looked_at()
    {
        await _shop.Place(Given.AnOrderFor("chicken"));

        Assert.Equal(Error.NotFound("order", First), (await Cancel("\0", Lee)).Error);
        Assert.Equal("reason", (await Cancel("\0", Kim)).Error?.Field);
        Assert.Equal(OrderStatus.CancelRequested, (await Cancel("", Kim)).Value.Status);
    }

    [Fact]
    public async Task A_list_shows_the_callers_own_orders_and_refuses_anybody_elses()
    {
        await _shop.Place(Given.AnOrderFor("chicken"));
        var listing = new ListOrdersHandler(_shop.Ledger);

        Assert.Single((await listing.Handle(Newest(), Kim, CancellationToken.None)).Value.Orders);
        Assert.Empty((await listing.Handle(Newest(), Lee, CancellationToken.None)).Value.Orders);
        var refusal = (await listing.Handle(Newest() with { Customer = "kim" }, Lee, CancellationToken.None)).Error;
        Assert.Equal((ErrorKind.Forbidden, "customerId"), (refusal?.Kind, refusal?.Field));
    }

    private static ListOrders Newest() => new(Customer: null, Before: null, Skip: 0, Take: 10);

    private Task<Result<Order>> Cancel(string reason, AccessScope scope) =>
        new CancelOrderHandler(_shop.Ledger, _shop.Time).Handle(new CancelOrder(First, reason), scope, _shop.NextCause(), CancellationToken.None);
}

using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Shows one order.</summary>
public sealed class GetOrderHandler(IOrders orders)
{
    /// <summary>The order, or that there is none with that number.</summary>
    public async Task<Result<Order>> Handle(OrderId id, AccessScope scope, CancellationToken cancellation) =>
        await orders.Find(id, cancellation) is { } order && scope.CoversCustomer(order.Details.Customer, id) ? order : Error.NotFound("order", id);
}

/// <summary>Show many orders.</summary>
/// <param name="Customer">Only this customer's; null or empty: all that the caller may see.</param>
/// <param name="Before">Only those older than this one.</param>
/// <param name="Skip">How many are left out, at most <see cref="ListOrdersHandler.MaxSkip"/>.</param>
/// <param name="Take">How many are shown, at most <see cref="ListOrdersHandler.MaxPage"/>.</param>
/// <param name="CountUpTo">Where counting ends; 0: they are not counted.</param>
/// <param name="Direction">Which come first.</param>
public sealed record ListOrders(
    string? Customer,
    OrderId? Before,
    long Skip,
    int Take,
    int CountUpTo = 0,
    SortDirection Direction = SortDirection.Descending);

/// <summary>Some orders.</summary>
/// <param name="Customer">Whose they are: the customer that was asked for, or else the caller itself; null: everybody's.</param>
/// <param name="Orders">The orders, in the direction that was asked for.</param>
/// <param name="HasMore">Whether others follow.</param>
/// <param name="Total">How many there are in all, as far as they were counted.</param>
public sealed record OrderPage(string? Customer, IReadOnlyList<Order> Orders, bool HasMore, int Total);

/// <summary>Shows many orders.</summary>
public sealed class ListOrdersHandler(IOrders orders)
{
    /// <summary>The most orders that one page may have.</summary>
    public const int MaxPage = 1000;

    /// <summary>How many orders a page may leave out: to leave out more would cost a scan.</summary>
    public const int MaxSkip = 100_000;

    /// <summary>A page of orders, or that somebody else's were asked for.</summary>
    public async Task<Result<OrderPage>> Handle(ListOrders query, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.For(query.Customer).IsError(out var refusal, out var named))
            return refusal;

        if (query.Take is < 1 or > MaxPage)
            return Error.Invalid("size", $"size is {query.Take}; it must be 1 to {MaxPage}.");

        if (query.Skip is < 0 or > MaxSkip)
            return Error.Invalid("page", $"The page begins after {query.Skip} orders; at most {MaxSkip} can be left out.");

        if (FreeText.Validate("customerId", named) is { } flaw)
            return flaw;

        // One more than asked for tells whether there is more.
        var customer = named.Length == 0 ? null : named;
        var found = await orders.List(new OrderSelection(customer, query.Before, query.Skip, query.Take + 1, query.Direction), cancellation);
        return new OrderPage(
            customer,
            [.. found.Take(query.Take)],
            found.Count > query.Take,
            query.CountUpTo == 0 ? 0 : await orders.Count(customer, query.CountUpTo, cancellation));
    }
}

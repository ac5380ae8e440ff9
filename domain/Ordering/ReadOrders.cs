using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Shows one order.</summary>
public sealed class GetOrderHandler(IOrders orders)
{
    /// <summary>The order, or that there is none with that number.</summary>
    public async Task<Result<Order>> Handle(OrderId id, CancellationToken cancellation) =>
        await orders.Find(id, cancellation) is { } order ? order : Error.NotFound("order", id);
}

/// <summary>Some orders, newest first.</summary>
/// <param name="Orders">The orders.</param>
/// <param name="HasMore">Whether older ones follow.</param>
public sealed record OrderPage(IReadOnlyList<Order> Orders, bool HasMore);

/// <summary>Shows many orders, newest first.</summary>
public sealed class ListOrdersHandler(IOrders orders)
{
    /// <summary>The most orders that one page may have.</summary>
    public const int MaxPage = 1000;

    /// <summary>How many orders a page may leave out: to leave out more would cost a scan.</summary>
    public const int MaxSkip = 100_000;

    /// <summary>A page of orders.</summary>
    public async Task<Result<OrderPage>> Handle(OrderSelection selection, CancellationToken cancellation)
    {
        if (selection.Take is < 1 or > MaxPage)
            return Error.Invalid("size", $"size is {selection.Take}; it must be 1 to {MaxPage}.");

        if (selection.Skip is < 0 or > MaxSkip)
            return Error.Invalid("page", $"The page begins after {selection.Skip} orders; at most {MaxSkip} can be left out.");

        if (FreeText.Validate("customerId", selection.Customer ?? "") is { } flaw)
            return flaw;

        // One more than asked for tells whether there is more.
        var found = await orders.List(selection with { Take = selection.Take + 1 }, cancellation);
        return new OrderPage([.. found.Take(selection.Take)], found.Count > selection.Take);
    }

    /// <summary>How many orders there are, counted to <paramref name="limit"/> at the most.</summary>
    public Task<int> Count(string? customer, int limit, CancellationToken cancellation) => orders.Count(customer, limit, cancellation);
}

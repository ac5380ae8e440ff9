using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>One order's status.</summary>
public sealed class GetStatusHandler(IOrderStatuses statuses)
{
    /// <summary>Where the order is, or that there is none.</summary>
    public Task<Result<OrderStatusView>> Handle(OrderId order, AccessScope scope, CancellationToken cancellation) =>
        statuses.Get(order, scope, cancellation);
}

/// <summary>Orders' statuses, newest order first.</summary>
/// <param name="Customer">Only this customer's; null or empty: all that the caller may see.</param>
/// <param name="Before">Only orders before this one.</param>
/// <param name="Limit">At most so many.</param>
public sealed record ListStatuses(string? Customer, OrderId? Before, int Limit);

/// <summary>A counted page of orders' statuses, by the orders' numbers.</summary>
/// <param name="Customer">Only this customer's; null or empty: all that the caller may see.</param>
/// <param name="Page">Its number from 0.</param>
/// <param name="Size">At most so many.</param>
/// <param name="Direction">Which come first.</param>
public sealed record PageStatuses(
    string? Customer, long Page, int Size, SortDirection Direction = SortDirection.Descending);

/// <summary>Some orders' statuses.</summary>
/// <param name="Customer">Whose they are: the customer that was asked for, or else the caller; null: everybody's.</param>
/// <param name="Items">By the orders' numbers, in the direction that was asked for.</param>
/// <param name="Total">How many there are in all, as far as they were counted.</param>
/// <param name="Capped">Whether there are more than were counted.</param>
public sealed record StatusList(string? Customer, IReadOnlyList<OrderStatusView> Items, long Total = 0, bool Capped = false);

/// <summary>Orders' statuses, by the orders' numbers.</summary>
public sealed class ListStatusesHandler(IOrderStatuses statuses)
{
    /// <summary>The orders, or that somebody else was named.</summary>
    public async Task<Result<StatusList>> Handle(ListStatuses query, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.For(query.Customer).IsError(out var refusal, out var named))
            return refusal;

        var customer = named.Length == 0 ? null : named;
        return new StatusList(customer, await statuses.Newest(customer, query.Before, query.Limit, cancellation));
    }

    /// <summary>The page, or that somebody else was named.</summary>
    public async Task<Result<StatusList>> Handle(PageStatuses query, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.For(query.Customer).IsError(out var refusal, out var named))
            return refusal;

        var customer = named.Length == 0 ? null : named;
        var page = await statuses.Page(customer, query.Page, query.Size, query.Direction, cancellation);
        return new StatusList(customer, page.Items, page.Total, page.Capped);
    }
}

/// <summary>Reading the view for a caller.</summary>
internal static class StatusReading
{
    /// <summary>One order, or that there is none, which is also said of one beyond the scope.</summary>
    internal static async Task<Result<OrderStatusView>> Get(
        this IOrderStatuses statuses, OrderId order, AccessScope scope, CancellationToken cancellation)
    {
        if (order.Value <= 0)
            return Error.Invalid("orderId", "An order's number is positive.");

        return await statuses.Find(order, cancellation) is { } view && scope.CoversCustomer(view.CustomerId, order)
            ? view
            : Error.NotFound("order status", order);
    }
}

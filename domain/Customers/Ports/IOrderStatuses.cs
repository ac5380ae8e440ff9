namespace FoodDelivery.Customers.Ports;

/// <summary>The view's own store; reading it touches nothing else.</summary>
public interface IOrderStatuses
{
    /// <summary>One order, or null if the view does not know it.</summary>
    Task<OrderStatusView?> Find(OrderId order, CancellationToken cancellation);

    /// <summary>Orders with smaller numbers than <paramref name="before"/>, newest first.</summary>
    /// <param name="customerId">Only this customer's; null for all.</param>
    /// <param name="before">Where the page before ended; null for the first.</param>
    /// <param name="atMost">How many at the most.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<OrderStatusView>> Newest(string? customerId, OrderId? before, int atMost, CancellationToken cancellation);

    /// <summary>A page by its number from 0, newest first; of one customer, or of all for null.</summary>
    Task<Listed<OrderStatusView>> Page(string? customerId, long page, int size, CancellationToken cancellation);

    /// <summary>
    /// Keeps what <see cref="OrderStatusView.After"/> makes of the order, in the view that serves and in the one that is being built;
    /// atomic for each, also against others who apply changes of the same order.
    /// </summary>
    Task Apply(OrderStatusChanged changed, CancellationToken cancellation);

    /// <summary>Begins an empty view beside the one that serves, unless one is being built already; from now on changes go to both.</summary>
    Task<ViewRebuild> BeginRebuild(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>The view that is being built; null if there is none.</summary>
    Task<ViewRebuild?> CurrentRebuild(CancellationToken cancellation);

    /// <summary>Lets the view that was built serve from now on and drops the one before; without effect if that has happened already.</summary>
    Task CompleteRebuild(ViewRebuild rebuild, CancellationToken cancellation);
}

/// <summary>A view that is being built while an older one serves.</summary>
/// <param name="Generation">Its number; the first view of all has 1.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record ViewRebuild(long Generation, DateTimeOffset StartedAt);

/// <summary>Reading the view for a caller.</summary>
public static class OrderStatusReading
{
    /// <summary>One order, or that there is none.</summary>
    public static async Task<Result<OrderStatusView>> Get(this IOrderStatuses statuses, OrderId order, CancellationToken cancellation)
    {
        if (order.Value <= 0)
            return Error.Invalid("orderId", "An order's number is positive.");
        return await statuses.Find(order, cancellation) is { } view ? view : Error.NotFound("order status", order);
    }
}

/// <summary>Every change of every order's status there has been.</summary>
public interface IStatusHistory
{
    /// <summary>
    /// Gives all of them to <paramref name="each"/>, one order's in their order and repeatedly if need be; completes when everything that
    /// had happened before the call was given.
    /// </summary>
    Task Replay(Func<OrderStatusChanged, CancellationToken, Task> each, CancellationToken cancellation);
}

/// <summary>A page of a collection that may be too large to be counted.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">How many there are altogether, as far as they were counted.</param>
/// <param name="Capped">Whether there are more than were counted.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, long Total, bool Capped);

/// <summary>Counting that costs no scan.</summary>
public static class Listed
{
    /// <summary>Stores count one more at the most, to know that there are more.</summary>
    public const int CountedAtMost = 10_000;

    /// <summary>A page with what the store has counted.</summary>
    public static Listed<T> Of<T>(IReadOnlyList<T> items, long counted) =>
        new(items, Math.Min(counted, CountedAtMost), counted > CountedAtMost);
}

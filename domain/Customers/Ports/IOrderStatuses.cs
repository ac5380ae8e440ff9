namespace FoodDelivery.Customers.Ports;

/// <summary>The view's own store; reading it touches nothing else.</summary>
public interface IOrderStatuses : IRebuildable
{
    /// <summary>One order, or null if the view does not know it.</summary>
    Task<OrderStatusView?> Find(OrderId order, CancellationToken cancellation);

    /// <summary>
    /// Of those of the orders that the view knows a number each, which is another whenever the order's history is longer: the newest version, as long as none before it is
    /// missing.
    /// </summary>
    Task<IReadOnlyDictionary<OrderId, long>> Revisions(IReadOnlyCollection<OrderId> orders, CancellationToken cancellation);

    /// <summary>Orders with smaller numbers than <paramref name="before"/>, newest first.</summary>
    /// <param name="customerId">Only this customer's; null for all.</param>
    /// <param name="before">Where the page before ended; null for the first.</param>
    /// <param name="atMost">How many at the most.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<OrderStatusView>> Newest(string? customerId, OrderId? before, int atMost, CancellationToken cancellation);

    /// <summary>A page by its number from 0, by the orders' numbers; of one customer, or of all for null.</summary>
    Task<Listed<OrderStatusView>> Page(string? customerId, long page, int size, SortDirection direction, CancellationToken cancellation);

    /// <summary>
    /// Keeps what <see cref="OrderStatusView.After"/> makes of the order, in the view that serves and in the one that is being built;
    /// atomic for each, also against others who apply changes of the same order.
    /// </summary>
    Task Apply(OrderStatusChanged changed, CancellationToken cancellation);

    /// <summary>
    /// Keeps what <see cref="OrderStatusView.Erased"/> leaves of the order, in the view that serves and in the one that is being built; without effect for an order
    /// that they do not know.
    /// </summary>
    Task EraseTexts(OrderId order, CancellationToken cancellation);
}

/// <summary>Every change of every order's status there has been, and which orders are to be forgotten.</summary>
public interface IStatusHistory
{
    /// <summary>
    /// Gives all of them to <paramref name="each"/> and <paramref name="erased"/>, one order's in their order and repeatedly if need be; completes when everything that
    /// had happened before the call was given.
    /// </summary>
    Task Replay(Func<OrderStatusChanged, CancellationToken, Task> each, Func<OrderId, CancellationToken, Task> erased, CancellationToken cancellation);
}

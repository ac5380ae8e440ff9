using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Keeps the view where the orders are, and tells those who watch.</summary>
/// <param name="statuses">The view's store.</param>
/// <param name="feed">Reaches the watchers.</param>
public sealed class OrderStatusChangedHandler(IOrderStatuses statuses, IStatusFeed feed)
{
    /// <summary>Applies a change once, whatever the number of its deliveries: its version tells, so no inbox is needed and a rebuild can read it again.</summary>
    public async Task Handle(OrderStatusChanged changed, MessageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        await statuses.Apply(changed, cancellation);

        // A repeated delivery is pushed again: the process may have died between the two, and a watcher ignores what it has seen.
        await feed.Publish(changed.OrderId, changed.Change, cancellation);
    }

    /// <summary>The order's customer is forgotten, once or repeatedly.</summary>
    public Task Handle(OrderErased erased, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erased);
        return statuses.EraseTexts(erased.OrderId, cancellation);
    }
}

/// <summary>Ordering says that what people wrote in an order is to be forgotten; the order has ended.</summary>
/// <param name="OrderId">The order's number.</param>
public sealed record OrderErased(OrderId OrderId);

/// <summary>Ordering says that an order's status has changed, and with it all that the view shows.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="Change">What has changed.</param>
/// <param name="StoreId">The store that it was placed with.</param>
/// <param name="CustomerId">Who placed it; empty if nobody said.</param>
/// <param name="Lines">What was ordered.</param>
/// <param name="Total">What it costs altogether.</param>
/// <param name="PaymentId">The payment's number; 0 where there is none.</param>
/// <param name="MembershipNumber">Whose points, as the customer wrote it; empty if nobody said.</param>
/// <param name="ReasonCode">The reason as a stable word for programs, such as <c>ALREADY_ACCEPTED</c>; empty where a person wrote it, or none.</param>
/// <param name="IsCustomersReason">Whether the customer wrote the reason, or may have: the view shows it, and no message has it.</param>
public sealed record OrderStatusChanged(
    OrderId OrderId,
    StatusChange Change,
    StoreId StoreId,
    string CustomerId,
    IReadOnlyList<OrderLine> Lines,
    Money Total,
    long PaymentId,
    string MembershipNumber = "",
    string ReasonCode = "",
    bool IsCustomersReason = false) : IDomainEvent
{
    /// <summary>What the store takes for bringing it, in the total; nothing where there was no fee yet.</summary>
    public Money DeliveryFee { get; init; }

    /// <summary>What is taken off in the total.</summary>
    public Money Discount { get; init; }
}

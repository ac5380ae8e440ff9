namespace FoodDelivery.Customers.FollowingOrders;

/// <summary>Ordering says that an order's status has changed, and with it all that the view shows.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="Change">What has changed.</param>
/// <param name="StoreId">The store that it was placed with.</param>
/// <param name="CustomerId">Who placed it; empty if nobody said.</param>
/// <param name="Lines">What was ordered.</param>
/// <param name="Total">What it costs altogether.</param>
/// <param name="PaymentId">The payment's number; 0 where there is none.</param>
/// <param name="MembershipNumber">Whose points, as the customer wrote it; empty if nobody said.</param>
public sealed record OrderStatusChanged(
    OrderId OrderId,
    StatusChange Change,
    StoreId StoreId,
    string CustomerId,
    IReadOnlyList<OrderLine> Lines,
    Money Total,
    long PaymentId,
    string MembershipNumber = "") : IDomainEvent;

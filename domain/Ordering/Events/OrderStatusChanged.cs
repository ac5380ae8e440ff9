namespace FoodDelivery.Ordering.Events;

/// <summary>The one stream that views, watchers and notifications follow; it carries the whole of what they show.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Version">Counts the order's status changes without a gap; the first is 1.</param>
/// <param name="Status">Where the order now is.</param>
/// <param name="Reason">Why, where that is known; else empty.</param>
/// <param name="At">Since when.</param>
/// <param name="Details">What is ordered.</param>
/// <param name="PaymentId">The payment's number; 0 where there is none.</param>
public sealed record OrderStatusChanged(
    OrderId Order, long Version, OrderStatus Status, string Reason, DateTimeOffset At, OrderDetails Details, long PaymentId) : IDomainEvent;

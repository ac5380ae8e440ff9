namespace FoodDelivery.Ordering;

/// <summary>A paid order exists; its store shall cook it.</summary>
/// <param name="Order">Its number.</param>
/// <param name="Details">What is ordered.</param>
/// <param name="At">When.</param>
public sealed record OrderPlaced(OrderId Order, OrderDetails Details, DateTimeOffset At) : IDomainEvent;

/// <summary>The customer asks to cancel; the store decides.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Store">Its store.</param>
/// <param name="Reason">The customer's; may be empty.</param>
public sealed record OrderCancelRequested(OrderId Order, StoreId Store, string Reason) : IDomainEvent;

/// <summary>The store has rejected the order: the payment goes back.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Store">Its store.</param>
/// <param name="Reason">The store's; may be empty.</param>
public sealed record OrderRejected(OrderId Order, StoreId Store, string Reason) : IDomainEvent;

/// <summary>The order is cancelled: the payment goes back, and a ticket that still lives is void.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Store">Its store.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record OrderCancelled(OrderId Order, StoreId Store, string Reason) : IDomainEvent;

/// <summary>An attempt never became an order: whatever was paid under its number goes back, and nothing may be paid under it any more.</summary>
/// <param name="Order">The number it would have had.</param>
/// <param name="Attempt">The attempt's own id; empty where it is not known: then it is whichever has paid.</param>
public sealed record OrderAttemptAbandoned(OrderId Order, string Attempt = "") : IDomainEvent;

/// <summary>What people wrote in an order is forgotten; it is the last that is told of it, unless an operator refunds it later.</summary>
/// <param name="Order">Its number, or that of an attempt that never became one.</param>
/// <param name="Store">Its store.</param>
/// <param name="Customer">Whose it was.</param>
/// <param name="At">When.</param>
public sealed record OrderErased(OrderId Order, StoreId Store, string Customer, DateTimeOffset At) : IDomainEvent;

/// <summary>A customer is forgotten, each of the orders before.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Orders">All that the customer has ordered, and tried to.</param>
/// <param name="At">When.</param>
public sealed record CustomerErased(string Customer, IReadOnlyList<OrderId> Orders, DateTimeOffset At) : IDomainEvent;

/// <summary>The one stream that views, watchers and notifications follow; it carries the whole of what they show.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Version">Counts the order's status changes without a gap; the first is 1.</param>
/// <param name="Status">Where the order now is.</param>
/// <param name="Reason">Why, where that is known; else empty.</param>
/// <param name="At">Since when.</param>
/// <param name="Details">What is ordered.</param>
/// <param name="PaymentId">The payment's number; 0 where there is none.</param>
/// <param name="ReasonCode">The reason as a stable word for programs; empty where a person wrote it, or none.</param>
/// <param name="IsCustomersReason">Whether the customer wrote the reason, or may have: then it is shown to those who look at the order, and sent to nobody.</param>
public sealed record OrderStatusChanged(
    OrderId Order, long Version, OrderStatus Status, string Reason, DateTimeOffset At, OrderDetails Details, long PaymentId,
    string ReasonCode = "", bool IsCustomersReason = false) : IDomainEvent;

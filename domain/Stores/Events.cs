namespace FoodDelivery.Stores;

/// <summary>A store sells something else now: the whole menu.</summary>
public sealed record MenuChanged(StoreId Store, IReadOnlyList<Dish> Dishes, long Revision) : IDomainEvent;

/// <summary>A store was opened, or is something else now: all of it.</summary>
public sealed record StoreChanged(StoreId Store, StoreProfile Profile, Pause? Pause, bool IsClosed, long Revision) : IDomainEvent;

/// <summary>A ticket was opened or moved on.</summary>
public sealed record TicketStatusChanged(
    OrderId Order, StoreId Store, TicketStatus Status, long Version, string Reason, DateTimeOffset At, Delivery? Delivery) : IDomainEvent;

/// <summary>The store refuses a customer's request to cancel; the ticket stays as it is.</summary>
/// <param name="Order">Which order.</param>
/// <param name="Store">Whose ticket it is.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="ReasonCode">The same as a stable word for programs, such as <c>ALREADY_ACCEPTED</c>.</param>
public sealed record CancellationDeclined(OrderId Order, StoreId Store, string Reason, string ReasonCode) : IDomainEvent;

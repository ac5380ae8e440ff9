namespace FoodDelivery.Stores;

/// <summary>A ticket was opened or moved on.</summary>
public sealed record TicketStatusChanged(
    OrderId Order, StoreId Store, TicketStatus Status, long Version, string Reason, DateTimeOffset At, Delivery? Delivery) : IDomainEvent;

/// <summary>The store does not give way to a customer who asks to cancel; the ticket stays as it is.</summary>
public sealed record CancellationDeclined(OrderId Order, StoreId Store, string Reason) : IDomainEvent;

/// <summary>A store sells something else now: the whole menu.</summary>
public sealed record MenuChanged(StoreId Store, IReadOnlyList<Dish> Dishes, long Revision) : IDomainEvent;

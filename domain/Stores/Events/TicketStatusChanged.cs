namespace FoodDelivery.Stores.Events;

/// <summary>A ticket was opened or moved on.</summary>
public sealed record TicketStatusChanged(
    OrderId Order, StoreId Store, TicketStatus Status, long Version, string Reason, DateTimeOffset At, Delivery? Delivery) : IDomainEvent;

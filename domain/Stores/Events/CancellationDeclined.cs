namespace FoodDelivery.Stores.Events;

/// <summary>The store does not give way to a customer who asks to cancel; the ticket stays as it is.</summary>
public sealed record CancellationDeclined(OrderId Order, StoreId Store, string Reason) : IDomainEvent;

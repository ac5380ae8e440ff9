using FoodDelivery.Platform.Messaging;

namespace FoodDelivery.Adapters.Customers.Notifications;

/// <summary>Rung when notifications have been written.</summary>
internal sealed class DispatchBell : Signal;

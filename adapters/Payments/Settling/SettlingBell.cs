using FoodDelivery.Platform.Messaging;

namespace FoodDelivery.Adapters.Payments.Settling;

/// <summary>Rung when a payment has business with the provider that is due.</summary>
internal sealed class SettlingBell : Signal;

using FoodDelivery.Platform.Messaging;

namespace FoodDelivery.Adapters.Customers.View;

/// <summary>Rung when a rebuild of the view has been begun.</summary>
internal sealed class RebuildBell : Signal;

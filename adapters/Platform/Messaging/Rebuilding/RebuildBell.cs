namespace FoodDelivery.Platform.Messaging.Rebuilding;

/// <summary>Rung when a rebuild has been begun.</summary>
public sealed class RebuildBell : Signal;

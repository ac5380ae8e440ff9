namespace FoodDelivery.Customers.RebuildingView;

/// <summary>Builds the view anew from everything that has happened, while the present one serves.</summary>
public sealed record RebuildView;

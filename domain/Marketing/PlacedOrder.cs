namespace FoodDelivery.Marketing;

/// <summary>What this context knows of an order.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Store">The store that it was placed with.</param>
/// <param name="Customer">Who placed it; empty if nobody said.</param>
/// <param name="Dishes">What was ordered, each dish once.</param>
/// <param name="PlacedAt">When.</param>
public sealed record PlacedOrder(OrderId Id, StoreId Store, string Customer, IReadOnlyList<DishId> Dishes, DateTimeOffset PlacedAt);

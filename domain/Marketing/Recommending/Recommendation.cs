namespace FoodDelivery.Marketing.Recommending;

/// <summary>A dish that the customer may like.</summary>
/// <param name="Dish">Which.</param>
/// <param name="Score">From 0 to 1; the larger the better.</param>
/// <param name="Reason">Why.</param>
public sealed record RecommendedDish(MenuDish Dish, double Score, Reason Reason);

/// <summary>A store that the customer may like.</summary>
/// <param name="Store">Which.</param>
/// <param name="Score">From 0 to 1; the larger the better.</param>
/// <param name="Reason">Why.</param>
public sealed record RecommendedStore(StoreId Store, double Score, Reason Reason);

/// <summary>What is recommended, best first.</summary>
public sealed record Recommendations(IReadOnlyList<RecommendedDish> Dishes, IReadOnlyList<RecommendedStore> Stores);

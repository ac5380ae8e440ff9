namespace FoodDelivery.Ordering.Menus;

/// <summary>One thing that a store sells.</summary>
/// <param name="Id">Unique within the menu.</param>
/// <param name="Names">Every name it can be ordered by.</param>
/// <param name="Price">The price of one; for an open-priced dish, the price when the customer names none.</param>
/// <param name="OpenPriced">Takes the customer's price.</param>
/// <param name="SoldOut">Cannot be ordered now.</param>
public sealed record Dish(long Id, IReadOnlyList<string> Names, Money Price, bool OpenPriced, bool SoldOut);

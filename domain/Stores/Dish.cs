namespace FoodDelivery.Stores;

/// <summary>One thing that a store sells.</summary>
/// <param name="Id">Positive, unique within the menu, never given to another dish.</param>
/// <param name="Names">Every name that it can be ordered by, the first being the one shown.</param>
/// <param name="Price">Of one. For an open-priced dish, the price when the caller names none.</param>
/// <param name="OpenPriced">Takes the caller's price.</param>
/// <param name="SoldOut">Cannot be ordered today.</param>
public sealed record Dish(long Id, IReadOnlyList<DishName> Names, Money Price, bool OpenPriced, bool SoldOut)
{
    /// <summary>The dearest a dish may be, in won.</summary>
    public const long MaxPrice = 100_000_000;

    /// <summary>How many names a dish may have.</summary>
    public const int MaxNames = 10;
}

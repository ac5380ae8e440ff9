namespace FoodDelivery.Stores;

/// <summary>One thing that a store sells.</summary>
/// <param name="Id">Positive, unique within the menu, never given to another dish.</param>
/// <param name="Names">Every name that it can be ordered by, the first being the one shown.</param>
/// <param name="Price">Of one. For an open-priced dish, the price when the caller names none.</param>
/// <param name="OpenPriced">Takes the caller's price.</param>
/// <param name="SoldOut">Cannot be ordered today.</param>
/// <param name="MinPrice">The least that a caller may name for an open-priced dish; nothing: any price will do.</param>
public sealed record Dish(long Id, IReadOnlyList<DishName> Names, Money Price, bool OpenPriced, bool SoldOut, Money MinPrice = default)
{
    /// <summary>The dearest a dish may be, in won.</summary>
    public const long MaxPrice = 100_000_000;

    /// <summary>How many names a dish may have.</summary>
    public const int MaxNames = 10;
}

/// <summary>A dish as an owner writes it down, not yet checked.</summary>
/// <param name="Id">Its number; null for a new dish, or to keep the number of the dish that has one of the names today.</param>
/// <param name="Names">One to ten, Korean or English.</param>
/// <param name="Price">Of one, in won.</param>
/// <param name="OpenPriced">Takes the caller's price.</param>
/// <param name="SoldOut">Cannot be ordered today.</param>
/// <param name="MinPrice">The least that a caller may name for an open-priced dish, in won; 0: any price will do.</param>
public sealed record DishDraft(
    long? Id, IReadOnlyList<string> Names, long Price, bool OpenPriced = false, bool SoldOut = false, long MinPrice = 0)
{
    // Larger numbers are not taken from callers unless the menu has them, so that there is always a next one.
    private const long MaxId = 1_000_000_000;

    /// <summary>What is wrong with it by itself, named by its place in the list; null if nothing is.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="isKnown">Whether the menu has a dish of that number.</param>
    internal Error? Validate(int index, Func<long, bool> isKnown)
    {
        var dish = $"dishes[{index}]";
        if (Id is <= 0 or > MaxId && !isKnown(Id.Value))
            return Error.Invalid($"{dish}.dishId", $"A dish's id is a number from 1 to {MaxId}.");

        if (Names.Count is 0 or > Dish.MaxNames)
            return Error.Invalid($"{dish}.names", $"A dish has 1 to {Dish.MaxNames} names.");

        if (Names.Any(static name => !IsName(DishName.Of(name))))
            return Error.Invalid($"{dish}.names", $"A dish's name has 1 to {DishName.MaxLength} characters, some of them visible, and no control characters.");

        if (Price is <= 0 or > Dish.MaxPrice)
            return Error.Invalid($"{dish}.priceWon", $"A price is 1 to {Dish.MaxPrice} won.");

        return MinPrice >= 0 && MinPrice <= (OpenPriced ? Price : 0)
            ? null
            : Error.Invalid($"{dish}.minPriceWon", "The least price is not above the dish's own, and only an open-priced dish has one.");
    }

    private static bool IsName(DishName name) =>
        name.Text.Length <= DishName.MaxLength && UnicodeText.IsVisible(name.Text) && UnicodeText.Validate(name.Text) is null;
}

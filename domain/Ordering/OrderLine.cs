namespace FoodDelivery.Ordering;

/// <summary>One dish of an order. Its limits keep every total far below what 64 bits hold.</summary>
/// <param name="Item">The dish as the customer wrote it.</param>
/// <param name="Quantity">How many: 1 to <see cref="MaxQuantity"/>.</param>
/// <param name="UnitPrice">The price of one, at most <see cref="MaxUnitPrice"/>.</param>
/// <param name="DishId">The dish's number on the store's menu.</param>
public sealed record OrderLine(string Item, int Quantity, Money UnitPrice, long DishId)
{
    /// <summary>The largest quantity of one line.</summary>
    public const int MaxQuantity = 99;

    /// <summary>The highest price of one dish.</summary>
    public static readonly Money MaxUnitPrice = new(100_000_000);

    /// <summary>The price of all of them.</summary>
    public Money Total => UnitPrice * Quantity;
}

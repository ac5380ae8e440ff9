namespace FoodDelivery.Marketing;

/// <summary>A dish as its store's menu has it today.</summary>
/// <param name="Id">Which.</param>
/// <param name="Names">Every name that it can be ordered by, the first being the one shown.</param>
/// <param name="Price">The price of one.</param>
/// <param name="SoldOut">Whether it cannot be ordered today.</param>
public sealed record MenuDish(DishId Id, IReadOnlyList<string> Names, Money Price, bool SoldOut)
{
    /// <summary>The name that the store shows.</summary>
    public string Name => Names[0];

    /// <summary>What to call it in a Korean sentence.</summary>
    public string KoreanName => Names.FirstOrDefault(static name => name.Any(static letter => letter is >= '가' and <= '힣')) ?? Name;

    /// <summary>What to call it in an English sentence.</summary>
    public string EnglishName => Names.FirstOrDefault(static name => name.All(char.IsAscii)) ?? Name;
}

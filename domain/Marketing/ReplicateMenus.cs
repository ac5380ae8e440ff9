using System.Runtime.InteropServices;
using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing;

/// <summary>A store has a new menu.</summary>
/// <param name="Store">Whose.</param>
/// <param name="Dishes">All that is on it.</param>
/// <param name="Revision">Counts the menu's changes; the first is 1.</param>
public sealed record MenuChanged(StoreId Store, IReadOnlyList<MenuDish> Dishes, long Revision);

/// <summary>Keeps the replica of the menus up to date, so that only what can be ordered is recommended.</summary>
public sealed class ReplicateMenusHandler(IMenus menus)
{
    /// <summary>Takes a store's new menu over.</summary>
    public Task Handle(MenuChanged happened, MessageContext context, CancellationToken cancellation) => menus.Replace(happened, cancellation);
}

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

/// <summary>A dish among those of all stores; ordered by store and number, so that whoever changes several does it in the same order.</summary>
/// <param name="Store">Whose dish it is.</param>
/// <param name="Number">Its number on that store's menu; positive.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DishId(StoreId Store, long Number) : IComparable<DishId>
{
    /// <inheritdoc/>
    public int CompareTo(DishId other) => (Store.Value, Number).CompareTo((other.Store.Value, other.Number));

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(DishId left, DishId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes later.</summary>
    public static bool operator >(DishId left, DishId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not come later.</summary>
    public static bool operator <=(DishId left, DishId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not come first.</summary>
    public static bool operator >=(DishId left, DishId right) => left.CompareTo(right) >= 0;
}

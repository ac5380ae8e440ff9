using System.Runtime.InteropServices;

namespace FoodDelivery.Marketing;

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

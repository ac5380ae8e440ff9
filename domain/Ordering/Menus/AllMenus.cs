namespace FoodDelivery.Ordering.Menus;

/// <summary>The menus of all stores at one moment.</summary>
public sealed class AllMenus(IEnumerable<Menu> menus)
{
    private readonly Menu[] _menus = [.. menus.OrderBy(static menu => menu.Store.Value)];

    /// <summary>Nothing is known; nothing may be sold.</summary>
    public static readonly AllMenus None = new([]);

    /// <summary>Whether no store sells anything.</summary>
    public bool IsEmpty => !Array.Exists(_menus, static menu => menu.Dishes.Count > 0);

    /// <summary>The store's menu, or null.</summary>
    public Menu? Of(StoreId store) => Array.Find(_menus, menu => menu.Store == store);

    /// <summary>The menu with that dish of the store with the lowest number; or null.</summary>
    public Menu? FirstWith(string dish) => Array.Find(_menus, menu => menu.Find(dish) is not null);
}

namespace FoodDelivery.Ordering.Menus;

/// <summary>All that a store sells, as of a revision.</summary>
public sealed class Menu
{
    private readonly Dictionary<DishName, Dish> _byName = [];

    /// <summary>A menu; where two dishes share a name, the first has it.</summary>
    public Menu(StoreId store, IReadOnlyList<Dish> dishes, long revision)
    {
        (Store, Dishes, Revision) = (store, dishes, revision);
        foreach (var dish in dishes)
        {
            foreach (var name in dish.Names)
                _byName.TryAdd(DishName.Of(name), dish);
        }
    }

    /// <summary>Whose menu.</summary>
    public StoreId Store { get; }

    /// <summary>What it offers.</summary>
    public IReadOnlyList<Dish> Dishes { get; }

    /// <summary>Counts the menu's changes.</summary>
    public long Revision { get; }

    /// <summary>The dish with that name, however it is spelt; or null.</summary>
    public Dish? Find(string name) => _byName.GetValueOrDefault(DishName.Of(name));
}

using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>The menus of all stores at one moment, and on what terms they sell.</summary>
public sealed class MenuReplica(IEnumerable<Menu> menus, IEnumerable<StoreTerms> terms)
{
    private readonly Dictionary<StoreId, StoreTerms> _terms = terms.ToDictionary(static own => own.Store);
    private readonly Menu[] _menus = [.. menus.OrderBy(static menu => menu.Store.Value)];

    /// <summary>Nothing is known; nothing may be sold.</summary>
    public static readonly MenuReplica None = new([], []);

    /// <summary>Whether no store sells anything.</summary>
    public bool IsEmpty => !Array.Exists(_menus, static menu => menu.Dishes.Count > 0);

    /// <summary>The store's menu, or null.</summary>
    public Menu? Of(StoreId store) => Array.Find(_menus, menu => menu.Store == store);

    /// <summary>The store's terms.</summary>
    public StoreTerms TermsOf(StoreId store) => _terms.GetValueOrDefault(store) ?? StoreTerms.Unsaid(store);

    /// <summary>Of the menus with all these dishes that of the store with the lowest number, leaving out what has closed for good; or null.</summary>
    public Menu? FirstWith(params IEnumerable<string> dishes) =>
        Array.Find(_menus, menu => dishes.All(dish => menu.Find(dish) is not null) && !TermsOf(menu.Store).IsClosed);
}

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

/// <summary>One thing that a store sells.</summary>
/// <param name="Id">Unique within the menu.</param>
/// <param name="Names">Every name it can be ordered by.</param>
/// <param name="Price">The price of one; for an open-priced dish, the price when the customer names none.</param>
/// <param name="OpenPriced">Takes the customer's price.</param>
/// <param name="SoldOut">Cannot be ordered now.</param>
/// <param name="MinPrice">The least that a customer may name for an open-priced dish; nothing: any price will do.</param>
public sealed record Dish(long Id, IReadOnlyList<string> Names, Money Price, bool OpenPriced, bool SoldOut, Money MinPrice = default);

/// <summary>A store has a new menu.</summary>
/// <param name="Menu">All of it.</param>
public sealed record MenuChanged(Menu Menu);

/// <summary>Keeps the replica of the menus up to date.</summary>
public sealed class ReplicateMenusHandler(IMenus menus)
{
    /// <summary>Takes a store's new menu over.</summary>
    public Task Handle(MenuChanged happened, MessageContext cause, CancellationToken cancellation) => menus.Replace(happened.Menu, cause, cancellation);
}

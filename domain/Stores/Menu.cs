namespace FoodDelivery.Stores;

/// <summary>All that a store sells. Its version is its revision.</summary>
public sealed class Menu : Aggregate
{
    /// <summary>How many dishes a menu may have.</summary>
    public const int MaxDishes = 500;

    private Menu(StoreId store) => Store = store;

    /// <summary>Whose menu it is.</summary>
    public StoreId Store { get; }

    /// <summary>In the owner's order.</summary>
    public IReadOnlyList<Dish> Dishes { get; private set; } = [];

    /// <summary>The highest number that a dish of this store ever had, so that none is given twice.</summary>
    public long LastDishId { get; private set; }

    /// <summary>The menu of a store that has none yet: nothing to sell, revision 0.</summary>
    public static Menu Blank(StoreId store) => new(store);

    /// <summary>A menu as it was saved.</summary>
    public static Menu Restore(StoreId store, IReadOnlyList<Dish> dishes, long lastDishId, long revision) =>
        new(store) { Dishes = dishes, LastDishId = lastDishId, Version = revision, LoadedVersion = revision };

    /// <summary>The owner hands in a new menu, whole.</summary>
    public Result<Unit> Replace(IReadOnlyList<DishDraft> drafts)
    {
        if (Validate(drafts) is { } fault)
            return fault;

        Dishes = Numbered(drafts);
        Version++;
        Raise(new MenuChanged(Store, Dishes, Version));
        return Unit.Value;
    }

    /// <summary>Takes over what was published of it, if that is newer; false if not.</summary>
    public bool CatchUp(MenuChanged published)
    {
        if (published.Revision <= Version)
            return false;

        (Dishes, Version) = (published.Dishes, published.Revision);
        LastDishId = Dishes.Select(static dish => dish.Id).Append(LastDishId).Max();
        return true;
    }

    private Error? Validate(IReadOnlyList<DishDraft> drafts)
    {
        if (drafts.Count is 0 or > MaxDishes)
            return Error.Invalid("dishes", $"A menu has 1 to {MaxDishes} dishes.");

        var (ids, names) = (new HashSet<long>(), new Dictionary<string, DishName>(StringComparer.Ordinal));
        var today = Dishes.SelectMany(static dish => dish.Names).ToHashSet();
        var known = Dishes.Select(static dish => dish.Id).ToHashSet();
        for (var index = 0; index < drafts.Count; index++)
        {
            var draft = drafts[index];
            if (draft.Validate(index, known.Contains) is { } fault)
                return fault;

            if (draft.Id is { } id && !ids.Add(id))
                return Error.Invalid($"dishes[{index}].dishId", $"Two dishes have the id {id}.", "DUPLICATE_DISH");

            foreach (var name in draft.Names.Select(DishName.Of).DistinctBy(static name => name.Look, StringComparer.Ordinal))
            {
                // What looks alike and is on the menu already may stay there: a menu that was read can be handed in again.
                if (!names.TryAdd(name.Look, name) && (names[name.Look] == name || !today.Contains(name) || !today.Contains(names[name.Look])))
                    return Error.Invalid($"dishes[{index}].names", $"Two dishes are called '{name}', or what looks like it.", "DUPLICATE_DISH");
            }
        }

        return null;
    }

    private List<Dish> Numbered(IReadOnlyList<DishDraft> drafts)
    {
        var taken = drafts.Where(static draft => draft.Id is not null).Select(static draft => draft.Id!.Value).ToHashSet();
        var known = Dishes.SelectMany(static dish => dish.Names, static (dish, name) => (name, dish.Id)).DistinctBy(static one => one.name).ToDictionary();
        LastDishId = taken.Append(LastDishId).Max();
        return drafts.Select(draft =>
        {
            var names = draft.Names.Select(DishName.Of).Distinct().ToList();
            return new Dish(draft.Id ?? NumberFor(names), names, new Money(draft.Price), draft.OpenPriced, draft.SoldOut, new Money(draft.MinPrice));
        }).ToList();

        long NumberFor(IEnumerable<DishName> names)
        {
            foreach (var name in names)
            {
                if (known.TryGetValue(name, out var today) && taken.Add(today))
                    return today;
            }

            return ++LastDishId;
        }
    }
}

namespace FoodDelivery.Marketing;

/// <summary>What one customer has ordered: the dishes, decayed, and the latest orders, with which new ones make pairs. Bounded in size.</summary>
/// <param name="Favourites">The dishes, heaviest first.</param>
/// <param name="Recent">The latest orders, newest first.</param>
/// <param name="Revision">Counts the changes; 0 if nothing is known.</param>
public sealed record Taste(IReadOnlyList<Favourite> Favourites, IReadOnlyList<RecentOrder> Recent, long Revision)
{
    /// <summary>How many dishes are remembered.</summary>
    public const int MaxFavourites = 40;

    /// <summary>How many orders are remembered.</summary>
    public const int MaxRecent = 6;

    /// <summary>Orders of one customer that are farther apart make no pairs.</summary>
    public static readonly TimeSpan PairingWindow = TimeSpan.FromDays(14);

    /// <summary>Nothing is known.</summary>
    public static readonly Taste Unknown = new([], [], 0);

    /// <summary>The taste with one more order.</summary>
    public Taste With(PlacedOrder order, double weight)
    {
        var partners = Recent.Where(earlier => (order.PlacedAt - earlier.PlacedAt).Duration() <= PairingWindow).Select(static earlier => earlier.Id);
        var recent = Recent.Append(new RecentOrder(order.Id, order.PlacedAt, order.Dishes, [.. partners]));
        var favourites = order.Dishes
            .Select(dish => Favourites.FirstOrDefault(known => known.Dish == dish) is { } known
                ? known with { Weight = known.Weight + weight, Times = known.Times + 1 }
                : new Favourite(dish, weight, 1))
            .Concat(Favourites.Where(known => !order.Dishes.Contains(known.Dish)));
        return new Taste(
            [.. favourites.OrderByDescending(static dish => dish.Weight).ThenBy(static dish => dish.Dish).Take(MaxFavourites)],
            [.. recent.OrderByDescending(static one => one.PlacedAt).ThenByDescending(static one => one.Id.Value).Take(MaxRecent)],
            Revision + 1);
    }

    /// <summary>The taste without an order that it was given before.</summary>
    public Taste Without(PlacedOrder order, double weight) => new(
        [
            .. Favourites
                .Select(known => order.Dishes.Contains(known.Dish) ? known with { Weight = known.Weight - weight, Times = known.Times - 1 } : known)
                .Where(static known => known.Times > 0)
                .OrderByDescending(static known => known.Weight).ThenBy(static known => known.Dish),
        ],
        [
            .. Recent
                .Where(known => known.Id != order.Id)
                .Select(known => known.Partners.Contains(order.Id) ? known with { Partners = [.. known.Partners.Where(one => one != order.Id)] } : known),
        ],
        Revision + 1);

    /// <summary>The remembered orders that make pairs with a remembered one: those that it found when it came, and those that came after it.</summary>
    public IEnumerable<RecentOrder> PartnersOf(OrderId order)
    {
        var own = Recent.FirstOrDefault(known => known.Id == order)?.Partners ?? [];
        return Recent.Where(known => own.Contains(known.Id) || known.Partners.Contains(order));
    }
}

/// <summary>A dish that the customer orders.</summary>
/// <param name="Dish">Which.</param>
/// <param name="Weight">The decayed number of orders of it.</param>
/// <param name="Times">The plain number.</param>
public sealed record Favourite(DishId Dish, double Weight, int Times);

/// <summary>One of the customer's latest orders.</summary>
/// <param name="Id">Its number.</param>
/// <param name="PlacedAt">When.</param>
/// <param name="Dishes">What was ordered.</param>
/// <param name="Partners">The orders that it has made pairs with when it came.</param>
public sealed record RecentOrder(OrderId Id, DateTimeOffset PlacedAt, IReadOnlyList<DishId> Dishes, IReadOnlyList<OrderId> Partners);

/// <summary>Customers' names for themselves, as Ordering takes them.</summary>
public static class CustomerName
{
    private const int MaxLength = 500;

    /// <summary>What is wrong with a name that somebody asks for, or null.</summary>
    public static Error? Validate(string name)
    {
        if (name.Length > MaxLength)
            return Error.Invalid("customerId", $"A customer's name of {name.Length} characters; at most {MaxLength} are allowed.");
        return UnicodeText.Validate(name) is { } flaw ? Error.Invalid("customerId", $"The customer's name {flaw}.") : null;
    }
}

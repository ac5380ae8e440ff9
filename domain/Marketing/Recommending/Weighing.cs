namespace FoodDelivery.Marketing.Recommending;

/// <summary>Weighs a dish: what the customer orders, what goes with it, and what everybody orders.</summary>
internal sealed class Weighing
{
    private const double OfOwn = 0.5;
    private const double OfTogether = 0.35;
    private const double OfPopular = 0.15;

    private readonly Evidence _evidence;
    private readonly Dictionary<DishId, Favourite> _own;
    private readonly ILookup<DishId, Association> _partners;
    private readonly double _ownWeight;
    private readonly double _mostPopular;

    public Weighing(Evidence evidence)
    {
        _evidence = evidence;
        _own = evidence.Favourites.ToDictionary(static dish => dish.Dish);
        _partners = evidence.Pairs.ToLookup(static association => association.Pair.With);
        _ownWeight = evidence.Favourites.Sum(static dish => dish.Weight);
        _mostPopular = evidence.Dishes.Values.Select(static known => known.Popularity).DefaultIfEmpty().Max();
    }

    public WeighedDish Weigh(KnownDish known)
    {
        var own = _own.GetValueOrDefault(known.Dish.Id);
        var (together, seed) = Together(known);
        return new WeighedDish(
            known.Dish,
            own is null ? 0 : OfOwn * Share(own.Weight, _ownWeight),
            OfTogether * together,
            OfPopular * Share(known.Popularity, _mostPopular),
            own?.Times ?? 0,
            seed);
    }

    /// <summary>How closely the dish goes with the customer's: the cosine with each, by how much of the customer's orders that one is.</summary>
    private (double Weight, MenuDish? Seed) Together(KnownDish known)
    {
        var (sum, most, seed) = (0.0, 0.0, (MenuDish?)null);
        foreach (var association in _partners[known.Dish.Id])
        {
            if (!_evidence.Dishes.TryGetValue(association.Pair.Dish, out var dish) || !_own.TryGetValue(dish.Dish.Id, out var own))
                continue;

            // Pairs of popular dishes are many because the dishes are popular, not because they go together.
            var cosine = Math.Min(1, Share(association.Weight, Math.Sqrt(known.Popularity * dish.Popularity)));
            var part = cosine * Share(own.Weight, _ownWeight);
            sum += part;
            if (part > most)
                (most, seed) = (part, dish.Dish);
        }

        return (sum, seed);
    }

    private static double Share(double part, double whole) => whole > 0 ? Math.Max(0, part) / whole : 0;
}

/// <summary>A dish and the parts of its score.</summary>
internal sealed record WeighedDish(MenuDish Dish, double Own, double Together, double Popular, int Times, MenuDish? Seed)
{
    public double Score => Own + Together + Popular;

    public double Personal => Own + Together;

    public Reason Reason => Own > 0 && Own >= Together ? Reason.Own(Times) : Personal > 0 && Seed is not null ? Reason.Together(Seed) : Reason.Popular;
}

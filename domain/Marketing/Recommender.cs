using System.Runtime.InteropServices;

namespace FoodDelivery.Marketing;

/// <summary>Makes recommendations of evidence.</summary>
public static class Recommender
{
    private const double OfPersonal = 0.7;
    private const double OfPopular = 0.3;

    /// <summary>The best dishes and the best stores.</summary>
    /// <param name="evidence">What is known of the customer and of everybody.</param>
    /// <param name="limit">How many of each at the most.</param>
    public static Recommendations Recommend(Evidence evidence, int limit)
    {
        var scorer = new DishScorer(evidence);
        var dishes = evidence.Dishes.Values
            .Where(static known => !known.Dish.SoldOut)
            .Select(scorer.Score)
            .OrderByDescending(static dish => dish.Score).ThenBy(static dish => dish.Dish.Id)
            .ToList();
        return new Recommendations(
            [.. dishes.Take(limit).Select(static dish => new RecommendedDish(dish.Dish, dish.Score, dish.Reason))],
            [.. Stores(evidence, dishes).OrderByDescending(static store => store.Score).ThenBy(static store => store.Store.Value).Take(limit)]);
    }

    /// <summary>A store is as good as the dishes in it that are the customer's own or go with them, and as popular as it is.</summary>
    private static IEnumerable<RecommendedStore> Stores(Evidence evidence, IReadOnlyList<ScoredDish> dishes)
    {
        var ofStore = dishes.ToLookup(static dish => dish.Dish.Id.Store);
        var mostPopular = evidence.Stores.Values.DefaultIfEmpty().Max();
        var mostPersonal = ofStore.Select(static store => store.Sum(static dish => dish.Personal)).DefaultIfEmpty().Max();
        foreach (var store in ofStore.Select(static store => store.Key).Union(evidence.Stores.Keys))
        {
            var personal = ofStore[store].Sum(static dish => dish.Personal);
            var popularity = evidence.Stores.GetValueOrDefault(store);
            var score = (mostPersonal > 0 ? OfPersonal * personal / mostPersonal : 0) + (mostPopular > 0 ? OfPopular * popularity / mostPopular : 0);
            yield return new RecommendedStore(store, score, Why([.. ofStore[store]]));
        }
    }

    private static Reason Why(IReadOnlyList<ScoredDish> dishes)
    {
        if (dishes.Any(static dish => dish.Own > 0))
            return Reason.OwnStore(dishes.Sum(static dish => dish.Times));
        return dishes.MaxBy(static dish => dish.Together) is { Together: > 0, Seed: { } seed } ? Reason.Together(seed) : Reason.Popular;
    }
}

/// <summary>Weighs a dish: what the customer orders, what goes with it, and what everybody orders.</summary>
internal sealed class DishScorer
{
    private const double OfOwn = 0.5;
    private const double OfTogether = 0.35;
    private const double OfPopular = 0.15;

    private readonly Evidence _evidence;
    private readonly Dictionary<DishId, Favourite> _own;
    private readonly ILookup<DishId, Association> _partners;
    private readonly double _ownWeight;
    private readonly double _mostPopular;

    public DishScorer(Evidence evidence)
    {
        _evidence = evidence;
        _own = evidence.Favourites.ToDictionary(static dish => dish.Dish);
        _partners = evidence.Pairs.ToLookup(static association => association.Pair.With);
        _ownWeight = evidence.Favourites.Sum(static dish => dish.Weight);
        _mostPopular = evidence.Dishes.Values.Select(static known => known.Popularity).DefaultIfEmpty().Max();
    }

    public ScoredDish Score(KnownDish known)
    {
        var own = _own.GetValueOrDefault(known.Dish.Id);
        var (together, seed) = Together(known);
        return new ScoredDish(
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
internal sealed record ScoredDish(MenuDish Dish, double Own, double Together, double Popular, int Times, MenuDish? Seed)
{
    public double Score => Own + Together + Popular;

    public double Personal => Own + Together;

    public Reason Reason => Own > 0 && Own >= Together ? Reason.Own(Times) : Personal > 0 && Seed is not null ? Reason.Together(Seed) : Reason.Popular;
}

/// <summary>What recommendations to one customer are made of. All weights are sums of <see cref="Decay.Weight"/>, so that only their ratios mean anything.</summary>
/// <param name="Favourites">The customer's own dishes, heaviest first.</param>
/// <param name="Pairs">What goes with them, as far as it can be ordered.</param>
/// <param name="Dishes">The dishes of both and the popular ones, as far as they are on a menu.</param>
/// <param name="Stores">The popular stores that sell anything today, and their weights.</param>
public sealed record Evidence(
    IReadOnlyList<Favourite> Favourites,
    IReadOnlyList<Association> Pairs,
    IReadOnlyDictionary<DishId, KnownDish> Dishes,
    IReadOnlyDictionary<StoreId, double> Stores);

/// <summary>Two dishes that are ordered together.</summary>
/// <param name="Pair">The customer's dish and the other.</param>
/// <param name="Weight">How much they are.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Association(Pair Pair, double Weight);

/// <summary>A dish and how much everybody orders it.</summary>
public sealed record KnownDish(MenuDish Dish, double Popularity);

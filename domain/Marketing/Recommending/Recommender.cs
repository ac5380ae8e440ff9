namespace FoodDelivery.Marketing.Recommending;

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
        var weighing = new Weighing(evidence);
        var dishes = evidence.Dishes.Values
            .Where(static known => !known.Dish.SoldOut)
            .Select(weighing.Weigh)
            .OrderByDescending(static dish => dish.Score).ThenBy(static dish => dish.Dish.Id)
            .ToList();
        return new Recommendations(
            [.. dishes.Take(limit).Select(static dish => new RecommendedDish(dish.Dish, dish.Score, dish.Reason))],
            [.. Stores(evidence, dishes).OrderByDescending(static store => store.Score).ThenBy(static store => store.Store.Value).Take(limit)]);
    }

    /// <summary>A store is as good as the dishes in it that are the customer's own or go with them, and as popular as it is.</summary>
    private static IEnumerable<RecommendedStore> Stores(Evidence evidence, IReadOnlyList<WeighedDish> dishes)
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

    private static Reason Why(IReadOnlyList<WeighedDish> dishes)
    {
        if (dishes.Any(static dish => dish.Own > 0))
            return Reason.OwnStore(dishes.Sum(static dish => dish.Times));
        return dishes.MaxBy(static dish => dish.Together) is { Together: > 0, Seed: { } seed } ? Reason.Together(seed) : Reason.Popular;
    }
}

using FoodDelivery.Kernel;
using FoodDelivery.Marketing;
using FoodDelivery.Tests.Domain.Marketing;

namespace FoodDelivery.Tests.Bench.Marketing;

/// <summary>Writes counts that were made in memory, with every order and taste, in as few statements as they need.</summary>
internal static class BulkLoad
{
    private const int AtOnce = 512;
    private const int CountsOfOneEntry = 500;

    public static async Task Run(MarketingStore store, IReadOnlyList<MenuDish> menu, CountsInMemory counts)
    {
        foreach (var dishes in menu.GroupBy(static dish => dish.Id.Store))
            await store.Menus.Replace(new MenuChanged(dishes.Key, [.. dishes], 1), CancellationToken.None);
        foreach (var entries in Entries(counts).Chunk(AtOnce))
            await Task.WhenAll(entries.Select(entry => store.Tallies.Save(entry, CancellationToken.None)));
    }

    /// <summary>Every order; the first of a customer brings the whole taste, and the first orders bring the sums, a part each.</summary>
    private static IEnumerable<TallyEntry> Entries(CountsInMemory counts)
    {
        var tastes = new Dictionary<string, Taste>(counts.Tastes);
        using var sums = Sums(counts).GetEnumerator();
        foreach (var (id, (order, state)) in counts.Orders)
        {
            var sum = sums.MoveNext() ? sums.Current : null;
            yield return new TallyEntry(1, id, order, state, tastes.Remove(order!.Customer, out var taste) ? taste : null, sum);
        }

        if (sums.MoveNext())
            throw new InvalidOperationException("There are more sums than orders to bring them.");
    }

    private static IEnumerable<Tally> Sums(CountsInMemory counts)
    {
        var dishes = counts.Dishes.Select(static dish => new Counted<DishId>(dish.Key, dish.Value.Weight, dish.Value.Times)).Chunk(CountsOfOneEntry).ToList();
        var pairs = counts.Pairs
            .SelectMany(static dish => dish.Value.Select(pair => new Counted<Pair>(new Pair(dish.Key, pair.Key), pair.Value.Weight, pair.Value.Times)))
            .Chunk(CountsOfOneEntry);
        foreach (var (store, (weight, times)) in counts.Stores)
        {
            yield return new Tally(new Counted<StoreId>(store, weight, times), dishes.Count > 0 ? dishes[0] : [], []);
            if (dishes.Count > 0)
                dishes.RemoveAt(0);
        }

        var nothing = new Counted<StoreId>(counts.Stores.Keys.First(), 0, 1);
        foreach (var some in dishes)
            yield return new Tally(nothing, some, []);
        foreach (var some in pairs)
            yield return new Tally(nothing, [], some);
    }
}

using System.Runtime.InteropServices;

namespace FoodDelivery.Marketing;

/// <summary>What one order adds to the counts of dishes, stores and pairs; or takes from them, all signs turned.</summary>
/// <param name="Store">The store's weight.</param>
/// <param name="Dishes">The weight of each dish, in the dishes' order.</param>
/// <param name="Pairs">The weight of each pair in both directions, in the dishes' order.</param>
public sealed record Tally(Counted<StoreId> Store, IReadOnlyList<Counted<DishId>> Dishes, IReadOnlyList<Counted<Pair>> Pairs)
{
    // Dinner on Friday and on Sunday go together less than what is on one table.
    private const double AcrossOrders = 0.5;

    /// <summary>What the order counts, given the customer's other orders that it makes pairs with.</summary>
    public static Tally Of(PlacedOrder order, IEnumerable<RecentOrder> partners, Decay decay)
    {
        var weight = decay.Weight(order.PlacedAt);
        var pairs = new Dictionary<Pair, (double Weight, int Times)>();
        foreach (var (dish, other) in order.Dishes.SelectMany(_ => order.Dishes, static (dish, other) => (dish, other)))
            Add(dish, other, weight);
        foreach (var partner in partners)
        {
            var later = decay.Weight(partner.PlacedAt > order.PlacedAt ? partner.PlacedAt : order.PlacedAt);
            foreach (var (dish, other) in order.Dishes.SelectMany(_ => partner.Dishes, static (dish, other) => (dish, other)))
            {
                Add(dish, other, AcrossOrders * later);
                Add(other, dish, AcrossOrders * later);
            }
        }

        return new Tally(
            new Counted<StoreId>(order.Store, weight, 1),
            [.. order.Dishes.Order().Select(dish => new Counted<DishId>(dish, weight, 1))],
            [.. pairs.OrderBy(static pair => pair.Key.Dish).ThenBy(static pair => pair.Key.With).Select(static pair => new Counted<Pair>(pair.Key, pair.Value.Weight, pair.Value.Times))]);

        void Add(DishId dish, DishId other, double more)
        {
            if (dish == other)
                return;
            var (sum, times) = pairs.GetValueOrDefault(new Pair(dish, other));
            pairs[new Pair(dish, other)] = (sum + more, times + 1);
        }
    }

    /// <summary>The same to be taken away.</summary>
    public Tally Reversed() => new(Store.Reversed(), [.. Dishes.Select(static one => one.Reversed())], [.. Pairs.Select(static one => one.Reversed())]);
}

/// <summary>How much is added to one count.</summary>
/// <param name="Of">What is counted.</param>
/// <param name="Weight">Decayed; negative where it is taken away.</param>
/// <param name="Times">How many such weights; negative where they are taken away. Tells when nothing is left, whatever the rounding.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Counted<T>(T Of, double Weight, int Times)
    where T : struct
{
    internal Counted<T> Reversed() => new(Of, -Weight, -Times);
}

/// <summary>Two dishes that are ordered together.</summary>
/// <param name="Dish">The one that is known to be ordered.</param>
/// <param name="With">The one that goes with it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Pair(DishId Dish, DishId With);

/// <summary>
/// How much less an older order weighs: half as much for each half-life. Weights are relative to a landmark and grow towards the future
/// instead of shrinking towards the past ("forward decay", Cormode et al., ICDE 2009): sums need no touching as time goes by, may be built in any order,
/// and compare as if all had been decayed to the same moment.
/// </summary>
/// <param name="Landmark">An order of this moment weighs 1.</param>
/// <param name="HalfLife">Positive.</param>
public sealed record Decay(DateTimeOffset Landmark, TimeSpan HalfLife)
{
    // A double ends at 2^1023; sums of many orders need some of it.
    private const double MaxHalfLives = 500;

    /// <summary>What an order of that moment weighs.</summary>
    public double Weight(DateTimeOffset placedAt) => Math.Pow(2, (placedAt - Landmark) / HalfLife);

    /// <summary>Whether the landmark is so long ago that the weights are soon too large: time to count anew from a later one.</summary>
    public bool IsWornOut(DateTimeOffset now) => (now - Landmark) / HalfLife > MaxHalfLives;
}

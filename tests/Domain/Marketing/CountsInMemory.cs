using FoodDelivery.Kernel;
using FoodDelivery.Marketing;

namespace FoodDelivery.Tests.Domain.Marketing;

/// <summary>One generation of counts.</summary>
internal sealed class CountsInMemory(long generation)
{
    public long Generation => generation;

    public Dictionary<OrderId, (PlacedOrder? Order, TallyState State)> Orders { get; } = [];

    public Dictionary<string, Taste> Tastes { get; } = [];

    public Dictionary<StoreId, (double Weight, int Times)> Stores { get; } = [];

    public Dictionary<DishId, (double Weight, int Times)> Dishes { get; } = [];

    public Dictionary<DishId, Dictionary<DishId, (double Weight, int Times)>> Pairs { get; } = [];

    public TallySheet Sheet(OrderId id, string? customer, Decay decay)
    {
        var (order, state) = Orders.GetValueOrDefault(id);
        return new TallySheet(generation, decay, order, state, Tastes.GetValueOrDefault(customer ?? order?.Customer ?? "", Taste.Unknown));
    }

    public void Enter(TallyEntry entry)
    {
        Orders[entry.Id] = (entry.Order, entry.State);
        if (entry.Taste is { } taste)
            Tastes[entry.Order!.Customer] = taste;
        if (entry.Tally is not { } tally)
            return;
        Add(Stores, tally.Store.Of, tally.Store.Weight, tally.Store.Times);
        foreach (var dish in tally.Dishes)
            Add(Dishes, dish.Of, dish.Weight, dish.Times);
        foreach (var pair in tally.Pairs)
        {
            if (!Pairs.TryGetValue(pair.Of.Dish, out var partners))
                Pairs.Add(pair.Of.Dish, partners = []);
            Add(partners, pair.Of.With, pair.Weight, pair.Times);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, (double Weight, int Times)> sums, TKey key, double weight, int times)
        where TKey : struct
    {
        var (sum, count) = sums.GetValueOrDefault(key);
        if (count + times > 0)
            sums[key] = (sum + weight, count + times);
        else
            sums.Remove(key);
    }
}

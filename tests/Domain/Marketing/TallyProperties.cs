using FoodDelivery.Kernel;
using FoodDelivery.Marketing;
using FsCheck;
using FsCheck.Fluent;

namespace FoodDelivery.Tests.Domain.Marketing;

/// <summary>Whatever the order of the events and the number of their deliveries, the counts are the same.</summary>
public sealed class TallyProperties
{
    private static readonly MessageContext AnyCause = MessageContext.Event("any", "anyone");

    [Fact]
    public void The_order_of_events_and_repeated_deliveries_change_nothing() => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1)),
        static seed =>
        {
            var random = new Random(seed);
            var orders = Enumerable.Range(1, random.Next(1, 12)).Select(number => Order(number, random)).ToArray();
            var undone = orders.Where(_ => random.Next(4) == 0).Select(static order => order.Id).ToArray();

            var plain = Counted([.. orders.Where(order => !undone.Contains(order.Id)).Select(static order => (order, (OrderId?)null))]);
            (PlacedOrder, OrderId?)[] events =
            [
                .. orders.Select(static order => (order, (OrderId?)null)),
                .. undone.Select(id => (orders[0], (OrderId?)id)),
                .. orders.Where(_ => random.Next(3) == 0).Select(static order => (order, (OrderId?)null)),
            ];
            random.Shuffle(events);

            Same(plain, Counted(events));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_taken_back_leaves_nothing_of_the_others_behind()
    {
        var (one, two, three) = (Placed(1, "kim", 1, 2), Placed(2, "kim", 3), Placed(3, "kim", 1, 3));

        var counts = Counted([(one, null), (two, null), (three, null), (two, two.Id), (one, one.Id), (three, three.Id)]);

        Assert.Empty(counts.Dishes);
        Assert.Empty(counts.Stores);
        Assert.All(counts.Pairs.Values, Assert.Empty);
        Assert.Empty(counts.Tastes["kim"].Favourites);
    }

    [Fact]
    public void An_order_of_a_half_life_ago_weighs_half()
    {
        var decay = PlantedTown.Decay;

        Assert.Equal(0.5, decay.Weight(PlantedTown.Start - decay.HalfLife) / decay.Weight(PlantedTown.Start), 1e-9);
        Assert.Equal(0.25, decay.Weight(PlantedTown.Start.AddYears(5)) / decay.Weight(PlantedTown.Start.AddYears(5) + 2 * decay.HalfLife), 1e-9);
        Assert.False(decay.IsWornOut(PlantedTown.Start.AddYears(9)));
        Assert.True(decay.IsWornOut(PlantedTown.Start.AddYears(10)));
        Assert.True(double.IsFinite(1e9 * decay.Weight(PlantedTown.Start.AddYears(10))));
    }

    private static CountsInMemory Counted((PlacedOrder Order, OrderId? Undone)[] events)
    {
        var tallies = new TalliesInMemory(PlantedTown.Decay, []);
        using var tallying = new TallyOrdersHandler(tallies);
        foreach (var (order, undone) in events)
        {
            // All in memory: each is complete when it returns.
            var handled = undone is { } id
                ? tallying.Handle(new OrderUndone(id), AnyCause, CancellationToken.None)
                : tallying.Handle(order, AnyCause, CancellationToken.None);
            Assert.True(handled.IsCompletedSuccessfully);
        }

        return tallies.Serving;
    }

    private static void Same(CountsInMemory expected, CountsInMemory actual)
    {
        Same(expected.Dishes, actual.Dishes);
        Same(expected.Stores, actual.Stores);
        foreach (var customer in expected.Tastes.Keys)
        {
            Same(
                expected.Tastes[customer].Favourites.ToDictionary(static known => known.Dish, static known => (known.Weight, known.Times)),
                actual.Tastes[customer].Favourites.ToDictionary(static known => known.Dish, static known => (known.Weight, known.Times)));
        }
    }

    private static void Same<TKey>(Dictionary<TKey, (double Weight, int Times)> expected, Dictionary<TKey, (double Weight, int Times)> actual)
        where TKey : struct
    {
        Assert.Equal(expected.Keys.ToHashSet(), actual.Keys.ToHashSet());
        foreach (var (key, (weight, times)) in expected)
        {
            Assert.Equal(times, actual[key].Times);
            Assert.Equal(weight, actual[key].Weight, 1e-6);
        }
    }

    private static PlacedOrder Order(int number, Random random) => Placed(
        number, random.Next(3) switch { 0 => "", 1 => "kim", _ => "lee" }, [.. Enumerable.Range(1, 5).Where(_ => random.Next(3) == 0)]);

    private static PlacedOrder Placed(int number, string customer, params int[] dishes) => new(
        new OrderId(number), new StoreId(1), customer, [.. dishes.Select(static dish => new DishId(new StoreId(1), dish))], PlantedTown.Start.AddHours(number));
}

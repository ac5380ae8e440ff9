using System.Diagnostics;
using FoodDelivery.Kernel;
using FoodDelivery.Marketing;
using FoodDelivery.Tests.Domain.Marketing;

namespace FoodDelivery.Tests.Bench.Marketing;

/// <summary>
/// How often a recommendation is ordered next, against popularity alone and against chance, in a town whose structure is planted; and how long one
/// takes from Marketing's own store with all the town's orders in it.
/// </summary>
internal static class RecommendationBench
{
    public const string Argument = "--recommendations";

    private const int Asked = 5_000;
    private static readonly MessageContext AnyCause = MessageContext.Command("bench");

    public static async Task Run(bool quick, bool postgres)
    {
        var (customers, orders, stores) = quick ? (5_000, 100_000, 50) : (100_000, 2_000_000, 300);
        Console.WriteLine($"{customers} customers, {orders} orders, {stores} stores");
        var town = new PlantedTown(seed: 1, customers, stores);
        var tallies = new TalliesInMemory(PlantedTown.Decay, town.Menu);
        var asked = await Grow(town, tallies, orders + Asked);

        await using var store = await MarketingStore.Open(postgres);
        var watch = Stopwatch.StartNew();
        await BulkLoad.Run(store, town.Menu, tallies.Serving);
        Console.WriteLine($"loaded in {watch.Elapsed.TotalSeconds:0} s");
        await Ask(store.RecommendHandler, town, asked, [.. tallies.Popular().Take(Hits.Guesses)]);
    }

    /// <summary>Counts all orders but the last, which are returned.</summary>
    private static async Task<IReadOnlyList<PlacedOrder>> Grow(PlantedTown town, TalliesInMemory tallies, int orders)
    {
        var last = new List<PlacedOrder>(Asked);
        using var tallying = new TallyOrdersHandler(tallies);
        foreach (var order in town.Orders(orders))
        {
            if (order.Id.Value > orders - Asked)
                last.Add(order);
            else
                await tallying.Handle(order, AnyCause, CancellationToken.None);
        }

        return last;
    }

    private static async Task Ask(RecommendHandler recommending, PlantedTown town, IReadOnlyList<PlacedOrder> next, DishId[] popular)
    {
        foreach (var order in next.Take(Asked / 10))
            await recommending.Handle(new Recommend(order.Customer, Hits.Guesses), AccessScope.Everything, CancellationToken.None);
        var hits = new Hits(town.Menu);
        var (times, work) = (new List<double>(Asked), new List<double>(Asked));
        foreach (var order in next)
        {
            var (start, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var recommended = (await recommending.Handle(new Recommend(order.Customer, Hits.Guesses), AccessScope.Everything, CancellationToken.None)).Value;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            work.Add((Environment.CpuUsage.TotalTime - busy).TotalMilliseconds);
            hits.Count(order, recommended.Dishes.Select(static one => one.Dish.Id), popular);
        }

        times.Sort();
        work.Sort();
        Figures.Print("recommendation_p50_ms", times[times.Count / 2], "a recommendation from Marketing's own store, median");
        Figures.Print("recommendation_p99_ms", times[times.Count * 99 / 100], "the same, 99th percentile");
        Figures.Print("recommendation_cpu_p50_ms", work[work.Count / 2], "processor time of one, without what others on the machine take, median");
        Figures.Print("recommendation_cpu_p99_ms", work[work.Count * 99 / 100], "the same, 99th percentile");
        Figures.Print("hit_rate", hits.Recommended, "share of next orders with one of the five recommended dishes");
        Figures.Print("hit_rate_popular", hits.Popular, "the same for the five most popular dishes");
        Figures.Print("hit_rate_random", hits.AtRandom, "the same for five dishes at random");
    }
}

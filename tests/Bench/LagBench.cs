using System.Diagnostics;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Bench;

/// <summary>From the moment a customer sends <c>POST /orders</c> to the moment the owner's watch shows the ticket, one order at a time.</summary>
internal static class LagBench
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task Run(Fleet fleet, Extent extent)
    {
        var (warmUp, counted) = (Math.Min(100, extent.Lags / 5), extent.Lags);
        await using var screen = new TicketScreen(fleet.Channel("Store"), after: null);
        var lags = new List<double>();
        for (var order = 0; order < warmUp + counted; order++)
        {
            var sent = Stopwatch.GetTimestamp();
            var placed = await fleet.Rest("Order").Post("/orders", new { item = "chicken" });
            var arrived = await screen.Shows(placed.Expect(201).At("orderId").GetInt64()).WaitAsync(Bound);
            if (order >= warmUp)
                lags.Add(Stopwatch.GetElapsedTime(sent, arrived).TotalMilliseconds);

            await Task.Delay(Pause);
        }

        lags.Sort();
        var result = new LoadResult(Bound, lags);
        Figures.Print("lag_p50_ms", result.Percentile(0.50), "POST /orders to the ticket on the owner's screen, median");
        Figures.Print("lag_p99_ms", result.Percentile(0.99), "the same, 99th percentile");
    }
}

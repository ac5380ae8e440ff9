using System.Collections.Concurrent;
using System.Diagnostics;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support.Processes;
using Grpc.Core;

namespace FoodDelivery.Tests.Bench;

/// <summary>From the moment a customer sends <c>POST /orders</c> to the moment the owner's watch shows the ticket, one order at a time.</summary>
internal static class LagBench
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task Run(Fleet fleet, bool quick)
    {
        var (warmUp, counted) = quick ? (50, 300) : (100, 2000);
        using var watching = new CancellationTokenSource();
        var arrivals = new ConcurrentDictionary<long, TaskCompletionSource<long>>();
        var watch = Watch(fleet, arrivals, watching.Token);
        var lags = new List<double>();
        for (var order = 0; order < warmUp + counted; order++)
        {
            var sent = Stopwatch.GetTimestamp();
            var placed = await fleet.Rest("Order").Post("/orders", new { item = "chicken" });
            var arrived = await Arrival(arrivals, placed.Expect(201).At("orderId").GetInt64()).Task.WaitAsync(Bound);
            if (order >= warmUp)
            {
                lags.Add(Stopwatch.GetElapsedTime(sent, arrived).TotalMilliseconds);
            }

            await Task.Delay(Pause);
        }

        await watching.CancelAsync();
        await watch;
        lags.Sort();
        var result = new LoadResult(Bound, lags);
        Figures.Print("lag_p50_ms", result.Percentile(0.50), "POST /orders to the ticket on the owner's screen, median");
        Figures.Print("lag_p99_ms", result.Percentile(0.99), "the same, 99th percentile");
    }

    private static async Task Watch(Fleet fleet, ConcurrentDictionary<long, TaskCompletionSource<long>> arrivals, CancellationToken cancellation)
    {
        using var call = new TicketService.TicketServiceClient(fleet.Channel("Store")).WatchTickets(new WatchTicketsRequest(), cancellationToken: cancellation);
        try
        {
            await foreach (var change in call.ResponseStream.ReadAllAsync(cancellation))
            {
                Arrival(arrivals, change.Ticket.OrderId).TrySetResult(Stopwatch.GetTimestamp());
            }
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
        }
    }

    private static TaskCompletionSource<long> Arrival(ConcurrentDictionary<long, TaskCompletionSource<long>> arrivals, long order) =>
        arrivals.GetOrAdd(order, static _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
}

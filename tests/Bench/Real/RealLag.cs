using System.Diagnostics;
using System.Net.Sockets;
using Dapper;
using FoodDelivery.Tests.Support.Rest;
using Npgsql;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>
/// From the moment when a customer is to send <c>POST /orders</c> to the moment when the owner's watch shows the ticket, while orders come at a fixed rate
/// however long the answers take.
/// </summary>
internal static class RealLag
{
    private const double PerSecond = 500;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    // What a machine does not manage at this rate is as late as can be.
    private static readonly double Unseen = Bound.TotalMilliseconds;
    private static readonly double Refused = Bound.TotalMilliseconds + 1;

    public static async Task Run(Surroundings surroundings, Extent extent)
    {
        await using var screen = new TicketScreen(surroundings.Channel("Store"), await Newest(surroundings.Database("store")));
        var following = new List<Task<double>>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < extent.Load * 2)
        {
            for (var due = following.Count / PerSecond; due < clock.Elapsed.TotalSeconds; due = following.Count / PerSecond)
                following.Add(Follow(surroundings.Rest("Order"), screen, Stopwatch.GetTimestamp() - (long)((clock.Elapsed.TotalSeconds - due) * Stopwatch.Frequency)));

            await Task.Delay(1);
        }

        // The first second finds connections to be made.
        var lags = (await Task.WhenAll(following)).Skip((int)PerSecond).Order().ToList();
        var result = new LoadResult(clock.Elapsed, lags);
        Figures.Print("lag_p50_ms", result.Percentile(0.50), $"POST /orders to the ticket on the owner's screen at {PerSecond} orders/s, median");
        Figures.Print("lag_p99_ms", result.Percentile(0.99), "the same, 99th percentile");
        Figures.Print("lag_refused", lags.Count(static lag => lag == Refused), $"of {lags.Count} orders: not accepted at that rate, and counted as late");
        Figures.Print("lag_unseen", lags.Count(static lag => lag == Unseen), $"of {lags.Count} orders: accepted, and not on the screen within {Bound.TotalSeconds} s");
    }

    private static async Task<double> Follow(RestClient order, TicketScreen screen, long due)
    {
        try
        {
            var placed = await order.Post("/orders", new { item = "chicken" });
            return placed.Status == 201
                ? Stopwatch.GetElapsedTime(due, await screen.Shows(placed.At("orderId").GetInt64()).WaitAsync(Bound)).TotalMilliseconds
                : Refused;
        }
        catch (Exception late) when (late is HttpRequestException or SocketException or TaskCanceledException)
        {
            return Refused;
        }
        catch (TimeoutException)
        {
            return Unseen;
        }
    }

    private static async Task<long> Newest(string database)
    {
        await using var store = new NpgsqlConnection(database);
        return await store.ExecuteScalarAsync<long>("select coalesce(max(position), 0) from ticket_changes");
    }
}

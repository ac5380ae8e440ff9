using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using FoodDelivery.Tests.Support.Processes;

namespace FoodDelivery.Tests.Bench;

/// <summary>
/// Orders arrive at the gateway at a steady rate, and then suddenly at ten times that rate, whether or not the earlier ones have been answered: how much
/// longer those wait that are accepted, and how soon the others are refused.
/// </summary>
internal static class TenfoldBench
{
    private const int Usual = 100;
    private const int Times = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static async Task Run(Fleet fleet, Extent extent)
    {
        using var client = new HttpClient { BaseAddress = fleet.Addresses["Gateway"].Rest, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await fleet.Token("demo-customer"));
        await Arrive(client, Usual, extent.Load / 4);
        var (calm, _) = await Arrive(client, Usual, extent.Load / 2);
        var (accepted, refused) = await Arrive(client, Usual * Times, extent.Load);

        Figures.Print("tenfold_accepted_per_s", accepted.Rate, $"of {Usual * Times} orders a second");
        Figures.Print("tenfold_p99_ratio", accepted.Percentile(0.99) / calm.Percentile(0.99), $"p99 of the accepted / p99 at {Usual} a second ({calm.Percentile(0.99):0.#} ms)");
        Figures.Print("tenfold_refused_p99_ms", refused.Percentile(0.99), "how soon the others are told to come again");
    }

    private static async Task<(LoadResult Accepted, LoadResult Refused)> Arrive(HttpClient client, int perSecond, TimeSpan duration)
    {
        ConcurrentBag<(bool Accepted, double Milliseconds)> answers = [];
        List<Task> open = [];
        var clock = Stopwatch.StartNew();
        using var ticks = new PeriodicTimer(Tick);
        while (clock.Elapsed < duration && await ticks.WaitForNextTickAsync())
        {
            for (var due = (int)(clock.Elapsed.TotalSeconds * perSecond); open.Count < due;)
                open.Add(Ask(client, answers));
        }

        await Task.WhenAll(open);
        var elapsed = clock.Elapsed;
        return (Of(true), Of(false));

        LoadResult Of(bool accepted) => new(elapsed, [.. answers.Where(answer => answer.Accepted == accepted).Select(static answer => answer.Milliseconds).Order()]);
    }

    private static async Task Ask(HttpClient client, ConcurrentBag<(bool Accepted, double Milliseconds)> answers)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsJsonAsync("/orders", new { item = "chicken" });
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            throw new InvalidOperationException($"An order was answered with {(int)answer.StatusCode}.");

        answers.Add((answer.StatusCode == HttpStatusCode.Created, took));
    }
}

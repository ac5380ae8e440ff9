using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Bench.Watchers;

/// <summary>Orders at a rate, however long the answers take, for as long as something else goes on.</summary>
internal static class Orders
{
    public static async Task<OrdersBeside> Beside(RestClient entry, double perSecond, Task other)
    {
        var (fates, placed, clock) = (new ConcurrentQueue<Fate>(), new List<Task>(), Stopwatch.StartNew());
        for (var number = 0; !other.IsCompleted; number++)
        {
            var wait = TimeSpan.FromSeconds(number / perSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);

            var due = clock.Elapsed;
            placed.Add(Task.Run(async () => fates.Enqueue(new Fate(due, await Place(entry), clock.Elapsed - due))));
        }

        await other;
        await Task.WhenAll(placed);
        return OrdersBeside.Of(fates);
    }

    private static async Task<string?> Place(RestClient entry)
    {
        try
        {
            var answer = await entry.Post("/orders", new { item = "chicken" });
            return answer.Status == 201 ? null : $"{answer.Status} {answer.Text}";
        }
        catch (Exception unclear) when (unclear is HttpRequestException or SocketException or TaskCanceledException)
        {
            return unclear.Message;
        }
    }

    /// <summary>An order: when it was due, why it was not accepted, how long the answer took.</summary>
    public sealed record Fate(TimeSpan Due, string? Why, TimeSpan Took);
}

/// <summary>What became of the orders.</summary>
/// <param name="Accepted">How many were.</param>
/// <param name="Refused">How many were not.</param>
/// <param name="Outage">From the first of these to the last.</param>
/// <param name="P99">Milliseconds that 99 % of the accepted did not exceed; those that were placed during the outage are left out.</param>
/// <param name="Why">What the first that was not accepted was told.</param>
internal sealed record OrdersBeside(int Accepted, int Refused, TimeSpan Outage, double P99, string Why)
{
    public static OrdersBeside Of(IReadOnlyCollection<Orders.Fate> fates)
    {
        var refused = fates.Where(static fate => fate.Why is not null).OrderBy(static fate => fate.Due).ToList();
        var (began, ended) = refused.Count == 0 ? (TimeSpan.MaxValue, TimeSpan.MaxValue) : (refused[0].Due, refused[^1].Due);
        var accepted = fates.Where(fate => fate.Why is null && (fate.Due < began || fate.Due > ended)).Select(static fate => fate.Took.TotalMilliseconds).Order().ToList();
        return new OrdersBeside(
            fates.Count - refused.Count,
            refused.Count,
            refused.Count == 0 ? TimeSpan.Zero : ended - began,
            new LoadResult(TimeSpan.Zero, accepted).Percentile(0.99),
            refused.Count == 0 ? "" : refused[0].Why!);
    }
}

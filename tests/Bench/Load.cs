using System.Diagnostics;

namespace FoodDelivery.Tests.Bench;

/// <summary>A closed loop: a fixed number of users, each sending its next request when it has the answer to the last.</summary>
internal static class Load
{
    /// <summary>Runs <paramref name="request"/> for <paramref name="duration"/>, after a warm-up a fifth as long that is not counted.</summary>
    public static async Task<LoadResult> Run(int users, TimeSpan duration, Func<int, CancellationToken, Task> request)
    {
        await Phase(users, duration / 5, request);
        return await Phase(users, duration, request);
    }

    private static async Task<LoadResult> Phase(int users, TimeSpan duration, Func<int, CancellationToken, Task> request)
    {
        using var bound = new CancellationTokenSource(duration + TimeSpan.FromSeconds(30));
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, users).Select(user => Task.Run(async () =>
        {
            var own = new List<double>(1024);
            while (clock.Elapsed < duration)
            {
                var began = Stopwatch.GetTimestamp();
                await request(user, bound.Token);
                own.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return own;
        })));
        return new LoadResult(clock.Elapsed, [.. latencies.SelectMany(static own => own).Order()]);
    }
}

/// <summary>What a load run measured.</summary>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Latencies">Milliseconds, ascending.</param>
internal sealed record LoadResult(TimeSpan Elapsed, IReadOnlyList<double> Latencies)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Latencies.Count / Elapsed.TotalSeconds;

    /// <summary>The latency in milliseconds that the given share of requests did not exceed.</summary>
    public double Percentile(double share) => Latencies.Count == 0 ? 0 : Latencies[(int)Math.Min(Latencies.Count - 1, Latencies.Count * share)];
}

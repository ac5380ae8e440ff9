using System.Threading.RateLimiting;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Stores.Ports;
using Microsoft.Extensions.Configuration;

namespace FoodDelivery.Adapters.Stores.Watching;

/// <summary>
/// Those who read what has been take turns, in the order in which they came: one page of one reader at a time, and no more tickets a second than are allowed, so
/// that fifty screens that are opened at once take no processor from orders. A reader that is known by one name has one turn, however many screens it opens.
/// </summary>
internal sealed class ReplayTurns(ReplayPace pace, TimeProvider clock) : IDisposable
{
    /// <summary>How many changes a turn is for.</summary>
    public const int Page = 200;

    // As many as streams that are open; those are bounded.
    private static readonly ConcurrencyLimiterOptions OneAtATime = new()
    {
        PermitLimit = 1, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private readonly PartitionedRateLimiter<string> _readers = PartitionedRateLimiter.Create<string, string>(
        static reader => RateLimitPartition.GetConcurrencyLimiter(reader, static _ => OneAtATime), StringComparer.Ordinal);

    private readonly ConcurrencyLimiter _all = new(OneAtATime);
    private readonly TimeSpan _ofFullPage = TimeSpan.FromSeconds((double)Page / pace.PerSecond);

    /// <summary>Waits for the reader's turn, and reads a page of the size that it is told.</summary>
    public async Task<IReadOnlyList<TicketChange>> Take(
        string reader, Func<int, Task<IReadOnlyList<TicketChange>>> read, CancellationToken cancellation)
    {
        using var own = await _readers.AcquireAsync(reader, 1, cancellation);
        using var turn = await _all.AcquireAsync(1, cancellation);
        var began = clock.GetTimestamp();
        var page = await read(Page);

        // Whoever has little to read, as most have, does not wait.
        if (page.Count == Page && _ofFullPage - clock.GetElapsedTime(began) is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest, clock, cancellation);

        return page;
    }

    public void Dispose()
    {
        _readers.Dispose();
        _all.Dispose();
    }
}

/// <summary>How fast what has been is read again.</summary>
/// <param name="PerSecond">How many tickets or changes a second at the most, of all readers together.</param>
internal sealed record ReplayPace(int PerSecond)
{
    private const int Usual = 10_000;
    private const int Most = 10_000_000;

    /// <exception cref="SettingException">The setting is no such number.</exception>
    public static ReplayPace Read(IConfiguration configuration) =>
        new(Setting.WholeNumber(configuration, "Store:ReplayPerSecond", Usual, ReplayTurns.Page, Most));
}

using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Gives up what has been open for too long.</summary>
/// <param name="OpenFor">How long an attempt may stay open.</param>
public sealed record SweepAttempts(TimeSpan OpenFor);

/// <summary>Gives up what a dead process or an unclear payment left open, so that no money stays without an order.</summary>
public sealed class SweepAttemptsHandler(IAttempts attempts, TimeProvider clock)
{
    /// <summary>How long an attempt may usually stay open: many times longer than placing waits for a payment.</summary>
    public static readonly TimeSpan DefaultOpenFor = TimeSpan.FromSeconds(30);

    private const int BatchSize = 100;

    /// <summary>Abandons the oldest overdue attempts and answers how many there were; placing may win the race for some of them.</summary>
    public async Task<int> Handle(SweepAttempts command, MessageContext cause, CancellationToken cancellation)
    {
        // What says to have been opened far in the future is from before the clock was set back, and nobody can tell how old it is.
        var now = clock.GetUtcNow();
        var overdue = await attempts.OpenedOutside(now - command.OpenFor, now + command.OpenFor, BatchSize, cancellation);
        await Task.WhenAll(overdue.Select(attempt =>
        {
            attempt.Abandon();
            return attempts.Close(attempt, cause, cancellation);
        }));
        return overdue.Count;
    }
}

using System.Threading.Channels;

namespace FoodDelivery.Customers.WatchingOrder;

/// <summary>Reads a subscription with a limit to its patience, without an exception each time that it runs out.</summary>
internal sealed class Arrivals(ChannelReader<StatusChange> changes, TimeProvider clock)
{
    // Kept beyond a silence: a channel with a single reader bears one waiting call at a time.
    private Task<bool>? _waiting;

    /// <summary>The next change, or null after a silence of <paramref name="patience"/>.</summary>
    public async Task<StatusChange?> Next(TimeSpan patience, CancellationToken cancellation)
    {
        if (changes.TryRead(out var there))
            return there;

        _waiting ??= changes.WaitToReadAsync(cancellation).AsTask();
        await ((Task)_waiting).WaitAsync(patience, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (!_waiting.IsCompleted)
            return null;

        _waiting = null;
        return changes.TryRead(out var arrived) ? arrived : null;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace FoodDelivery.Platform.Messaging;

/// <summary>Wakes one waiter; set while nobody waits, it lets the next waiter pass. Derive from it to tell signals apart by their type.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds nothing to release, since nobody asks for its wait handle.")]
public class Signal
{
    private readonly SemaphoreSlim _set = new(0);

    /// <summary>Wakes the waiter. Quick, and never throws.</summary>
    public void Set()
    {
        // Two at once may both release: the waiter then looks once in vain.
        if (_set.CurrentCount == 0)
            _set.Release();
    }

    /// <summary>Waits until it is set, or for <paramref name="longest"/>.</summary>
    public Task Wait(TimeSpan longest, CancellationToken cancellation) => _set.WaitAsync(longest, cancellation);
}

using System.Collections.Concurrent;
using FoodDelivery.Platform.Messaging.Consuming;

namespace FoodDelivery.Platform.Messaging;

/// <summary>Tells whether consumers have caught up since the start of this process.</summary>
public sealed class ConsumerProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _caughtUp = new(StringComparer.Ordinal);

    /// <summary>
    /// Completes when the consumer has once had nothing left to read since this process started, whichever member of its group did
    /// the reading; never for a name that is not registered.
    /// </summary>
    public Task CaughtUp(string consumer) => Of(consumer).Task;

    internal async Task Watch(Subscription subscription, IEventLog log, TimeProvider clock, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (await log.Lag(subscription.Topic, subscription.Consumer, cancellation) == 0)
                {
                    Of(subscription.Consumer).TrySetResult();
                    return;
                }

                await Task.Delay(Interval, clock, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                // The consumer itself reports what is wrong with the log; here it only means: not yet.
                await Task.Delay(Interval, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private TaskCompletionSource Of(string consumer) =>
        _caughtUp.GetOrAdd(consumer, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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

/// <summary>Asks the log every few seconds how far behind each consumer is: a metric's reader cannot wait for the answer.</summary>
internal sealed partial class LagSampler(
    IEnumerable<Subscription> subscriptions, IEventLog log, MessagingMetrics metrics, TimeProvider clock, ILogger<LagSampler> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                foreach (var subscription in subscriptions)
                    metrics.Lag(subscription.Consumer, subscription.Topic, await log.Lag(subscription.Topic, subscription.Consumer, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogFailed(logger, error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log did not say how far behind its consumers are")]
    private static partial void LogFailed(ILogger logger, Exception error);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Consuming;

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

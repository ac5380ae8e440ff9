using FoodDelivery.Platform.Messaging.Parking;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging.Consuming;

/// <summary>
/// Reads a topic for one consumer: keys beside each other, the events of a key one after another. The log moves its offset on when a
/// whole batch is done, effects and parkings durable; a death before that gives the batch again, and the inbox drops what was done.
/// </summary>
internal sealed partial class Consumer(
    Subscription subscription, IEventLog log, Lane lane, DeadLetterTable deadLetters, ConsumerProgress progress,
    IOptions<MessagingOptions> options, TimeProvider time, ILogger<Consumer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var watching = progress.Watch(subscription, log, time, stoppingToken);
        for (var failures = 1; !stoppingToken.IsCancellationRequested; failures++)
        {
            try
            {
                await log.Consume(subscription.Topic, subscription.Consumer, Handle, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                LogLogFailed(logger, subscription.Consumer, error);
            }

            await Task.Delay(options.Value.Backoff.After(failures), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await watching;
    }

    private async Task Handle(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        var parked = await deadLetters.ParkedKeys(subscription.Consumer, cancellation);
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(
            records.GroupBy(static record => record.Key, StringComparer.Ordinal),
            lanes,
            async (records, cancellation) => await lane.Run(subscription, records, parked.Contains(records.Key), cancellation));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} cannot read its topic and tries again")]
    private static partial void LogLogFailed(ILogger logger, string consumer, Exception error);
}

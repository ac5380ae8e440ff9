using System.Collections.Concurrent;
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
    IOptions<MessagingOptions> options, TimeProvider clock, ILogger<Consumer> logger) : BackgroundService
{
    // Those that have ended are among them until this many have been.
    private const int MostTenures = 1_000;

    // Whoever has lost its keys without noticing, since it was cut off or stood still, shall see soon what the others have parked.
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    // While this process reads some keys without interruption, nobody else parks any of them: as long as it has parked none itself, there is none to look for.
    private readonly ConcurrentDictionary<CancellationToken, long> _unparked = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var watching = progress.Watch(subscription, log, clock, stoppingToken);
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

            await Task.Delay(options.Value.Backoff.After(failures), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await watching;
    }

    private async Task Handle(IReadOnlyList<LogRecord> records, CancellationToken tenure)
    {
        var looked = clock.GetTimestamp();
        HashSet<string> parked = [];
        if (_unparked.TryRemove(tenure, out var before) && clock.GetElapsedTime(before) < Validity)
        {
            looked = before;
        }
        else
        {
            parked = await deadLetters.ParkedKeys(subscription.Consumer, tenure);
        }

        var all = parked.Count;
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism, CancellationToken = tenure };
        await Parallel.ForEachAsync(
            records.GroupBy(static record => record.Key, StringComparer.Ordinal),
            lanes,
            async (records, cancellation) =>
            {
                if (await lane.Run(subscription, records, parked.Contains(records.Key), cancellation))
                    Interlocked.Increment(ref all);
            });
        if (all == 0)
            Remember(looked, tenure);
    }

    private void Remember(long looked, CancellationToken tenure)
    {
        if (_unparked.Count >= MostTenures)
            _unparked.Clear();

        _unparked.TryAdd(tenure, looked);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} cannot read its topic and tries again")]
    private static partial void LogLogFailed(ILogger logger, string consumer, Exception error);
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging;

/// <summary>
/// Reads a topic for one consumer: keys beside each other, the events of a key one after another. The log moves its offset on when a
/// whole batch is done, effects and parkings durable; a death before that gives the batch again, and the inbox drops what was done.
/// </summary>
internal sealed partial class Consumer(
    Subscription subscription, IEventLog log, KeyedProcessor processor, DeadLetterTable deadLetters, ConsumerProgress progress,
    IOptions<MessagingOptions> options, TimeProvider clock, ILogger<Consumer> logger) : BackgroundService
{
    // Whoever has lost its keys without noticing, since it was cut off or stood still, shall see soon what the others have parked.
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    // During an assignment nobody else parks any of its keys: as long as this process has parked none itself, there is none to look for. The value is when it looked.
    private readonly ConditionalWeakTable<PartitionAssignment, StrongBox<long>> _unparked = [];

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

    private async Task Handle(IReadOnlyList<LogRecord> records, PartitionAssignment assignment)
    {
        var looked = new StrongBox<long>(clock.GetTimestamp());
        HashSet<string> parked = [];
        if (_unparked.TryGetValue(assignment, out var before) && clock.GetElapsedTime(before.Value) < Validity)
            looked = before;
        else
            parked = await deadLetters.ParkedKeys(subscription.Consumer, assignment.Ended);

        var all = parked.Count;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism, CancellationToken = assignment.Ended };
        await Parallel.ForEachAsync(
            records.GroupBy(static record => record.Key, StringComparer.Ordinal),
            parallel,
            async (records, cancellation) =>
            {
                if (await processor.Run(subscription, records, parked.Contains(StorableText.Key(records.Key)), assignment.HasAll, cancellation))
                    Interlocked.Increment(ref all);
            });
        _unparked.Remove(assignment);
        if (all == 0)
            _unparked.Add(assignment, looked);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} cannot read its topic and tries again")]
    private static partial void LogLogFailed(ILogger logger, string consumer, Exception error);
}

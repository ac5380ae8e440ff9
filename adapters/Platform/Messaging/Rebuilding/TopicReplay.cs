using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging.Rebuilding;

/// <summary>
/// Reads a topic from its beginning, for a rebuild, in a group of its own: the group that follows the events goes on where it is, so that
/// what serves stays fresh meanwhile.
/// </summary>
public sealed partial class TopicReplay(
    IEventLog events, IServiceScopeFactory scopes, IOptions<MessagingOptions> options, TimeProvider clock, ILogger<TopicReplay> log)
{
    private const int KeysAtOnce = 16;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Gives all events to <paramref name="handlers"/>, one key's in their order and repeatedly if need be; completes when everything that
    /// was in the topic before the call was handled.
    /// </summary>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="group">The rebuild's own name, which must never change.</param>
    /// <param name="handlers">What to do with which events; their effects must be the same when repeated.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task Run(string topic, string group, EventHandlers handlers, CancellationToken cancellation)
    {
        var end = await Length(topic, group, cancellation);
        if (end == 0)
            return;

        await events.Rewind(topic, group, cancellation);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = events.Consume(topic, group, (records, assignment) => Handle(records, group, handlers, assignment), enough.Token);
        try
        {
            while (!reading.IsCompleted && !await HasRead(topic, group, end, cancellation))
                await Task.WhenAny(reading, Task.Delay(Look, clock, cancellation));
        }
        finally
        {
            await enough.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellation.ThrowIfCancellationRequested();
        if (reading.IsFaulted)
            await reading;
    }

    // How far the group has come, which is less where what it has read is let go meanwhile; or else how far it still has to go, which may never be nothing where events
    // keep coming.
    private async Task<bool> HasRead(string topic, string group, long end, CancellationToken cancellation)
    {
        var length = await Length(topic, group, cancellation);
        var left = await events.Lag(topic, group, cancellation);
        return left == 0 || length - left >= end;
    }

    /// <summary>Whether a group has finished nothing of a topic yet, so that it has all of it before it.</summary>
    public async Task<bool> IsUnread(string topic, string group, CancellationToken cancellation)
    {
        // In this order: what comes in between makes it look read, never unread.
        var unread = await events.Lag(topic, group, cancellation);
        return unread == await Length(topic, group, cancellation);
    }

    // A group that reads nothing ever: what it has not read yet is the whole topic.
    private Task<long> Length(string topic, string group, CancellationToken cancellation) => events.Lag(topic, $"{group}-nobody", cancellation);

    private Task Handle(IReadOnlyList<LogRecord> records, string group, EventHandlers handlers, PartitionAssignment assignment) =>
        Parallel.ForEachAsync(
            records.GroupBy(static record => record.Key, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = KeysAtOnce, CancellationToken = assignment.Ended },
            async (ofOneKey, stop) =>
            {
                foreach (var record in ofOneKey)
                    await Handle(record, group, handlers, assignment.HasAll, stop);
            });

    // What an event needs may be away: then its batch is given again. What fails again and again without that is the event's own trouble, and the
    // group that follows the events has parked it.
    private async Task Handle(LogRecord record, string group, EventHandlers handlers, bool inOneOrder, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                await HandleOnce(EventDecoder.Decode(record), group, handlers, cancellation);
                return;
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested && !Outage.Caused(error))
            {
                if (error is FormatException or InvalidProtocolBufferException
                    || (failures >= options.Value.MaxAttempts
                        && (inOneOrder || error is not PredecessorMissingException || clock.GetElapsedTime(start) >= options.Value.PredecessorPatience)))
                {
                    LogSkipped(error, group, record.Key);
                    return;
                }
            }

            await Task.Delay(options.Value.Backoff.After(failures), clock, cancellation);
        }
    }

    private async Task HandleOnce(Envelope envelope, string group, EventHandlers handlers, CancellationToken cancellation)
    {
        if (!handlers.Knows(envelope.Type))
            return;

        await using var scope = scopes.CreateAsyncScope();
        var received = new ReceivedEvent(
            envelope.Id, envelope.Type, envelope.Time, envelope.Correlation, envelope.Causation, MessageContext.Event(envelope.Id, group));
        await handlers.Handle(scope.ServiceProvider, envelope, received, cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "{Group} skips an event of {Key} that cannot be handled.")]
    private partial void LogSkipped(Exception error, string group, string key);
}

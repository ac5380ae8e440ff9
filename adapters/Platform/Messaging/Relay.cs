using Dapper;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging;

/// <summary>
/// Carries events from the outbox to the log, in their order. Rows leave it after the log's acknowledgement: a death before it loses nothing,
/// a death between it and their leaving publishes them again, with the same ids, which every inbox knows. Two relays at once, which a
/// lease that ran out unnoticed allows, each append a row only after those before it; so each key's first appearances stay in order.
/// </summary>
internal sealed partial class Relay(
    OutboxTable outbox, IEventLog log, Lease lease, Signal wake, MessagingMetrics metrics,
    IOptions<MessagingOptions> options, TimeProvider clock, ILogger<Relay> logger) : BackgroundService
{
    // One event alone goes at once. Under load, what comes meanwhile goes together, and is then read, handled and written together by all who follow.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Observing = TimeSpan.FromSeconds(5);
    private readonly MessagingOptions _options = options.Value;
    private long _observed = clock.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PublishAll(stoppingToken);
                failures = 0;
                await Task.Delay(Linger, clock, stoppingToken);
                await wake.Wait(_options.RelayPoll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                failures++;
                LogPublishFailed(logger, failures, error);
                metrics.PublishFailed();
                await Observe(stoppingToken);
                await Task.Delay(_options.Backoff.After(failures), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Finish();
    }

    private async Task PublishAll(CancellationToken cancellation)
    {
        while (await lease.Hold(cancellation))
        {
            // What takes longer than the lease is given up, before another relay begins.
            using var leased = new CancellationTokenSource(Positive(lease.Remaining), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(leased.Token, cancellation);
            var rows = await outbox.Oldest(_options.RelayBatch, either.Token);
            foreach (var topic in rows.GroupBy(static row => row.Topic, StringComparer.Ordinal))
            {
                var ofTopic = topic.ToList();
                await log.Append(topic.Key, [.. ofTopic.Select(static row => new LogRecord(row.Key, row.Value))], either.Token);
                await outbox.Clear(ofTopic, either.Token);
                metrics.Published(ofTopic.Count);
            }

            if (rows.Count < _options.RelayBatch)
            {
                metrics.Pending(0);
                return;
            }

            if (clock.GetElapsedTime(_observed) > Observing)
                await Observe(cancellation);
        }
    }

    private static TimeSpan Positive(TimeSpan remaining) => remaining > TimeSpan.Zero ? remaining : TimeSpan.FromMilliseconds(1);

    private async Task Observe(CancellationToken cancellation)
    {
        try
        {
            _observed = clock.GetTimestamp();
            metrics.Pending(await outbox.Count(cancellation));
        }
        catch (Exception error)
        {
            LogCountFailed(logger, error);
        }
    }

    private async Task Finish()
    {
        using var patience = new CancellationTokenSource(_options.DrainTimeout, clock);
        try
        {
            await PublishAll(patience.Token);
            await lease.Release(patience.Token);
        }
        catch (Exception error)
        {
            LogDrainFailed(logger, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Publishing failed {Failures} times in a row; the events are kept and tried again")]
    private static partial void LogPublishFailed(ILogger logger, int failures, Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The outbox could not be counted")]
    private static partial void LogCountFailed(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be emptied before the end; the next start goes on with it")]
    private static partial void LogDrainFailed(ILogger logger, Exception error);
}

/// <summary>One event that waits in the outbox.</summary>
internal sealed record OutboxRow(long Sequence, string Topic, string Key, byte[] Value);

/// <summary>The relay's side of the outbox.</summary>
internal sealed class OutboxTable(IDatabase database, MessagingOptions options, TimeProvider clock)
{
    // Two relays may do it at once.
    private const string Keep =
        """
        insert into published (sequence, topic, key, value, published_at)
        select sequence, topic, key, value, @Now from outbox where sequence between @First and @Last
        on conflict (sequence) do nothing
        """;

    /// <summary>
    /// The rows that were published, for as long as the log may lose what it has acknowledged: until its brokers have written it to their disks, or somebody
    /// has noticed that they have not. Nothing else reads them, so a day is safe; the outbox itself, whose rows are still needed, is never pruned.
    /// </summary>
    public static Retention Published(MessagingOptions options) =>
        new("published", "sequence", Retention.Oldest("sequence", "published", "published_at < @Before"), options.KeepPublished);

    public Task<List<OutboxRow>> Oldest(int limit, CancellationToken cancellation) => database.Read(
        async connection => (await connection.QueryAsync<OutboxRow>(
            "select sequence, topic, key, value from outbox order by sequence limit @Limit", new { Limit = limit })).AsList(),
        cancellation);

    public Task<long> Count(CancellationToken cancellation) => database.Read(
        static connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox"), cancellation);

    /// <summary>
    /// Moves these rows and no other to those that were published: never "all up to the last", since in a database with several writers a row of a lower number
    /// may become visible later. Neighbours go in one statement.
    /// </summary>
    public Task Clear(IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        var batch = new Batch();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (int first = 0, next; first < rows.Count; first = next)
        {
            for (next = first + 1; next < rows.Count && rows[next].Sequence == rows[next - 1].Sequence + 1;)
                next++;

            var neighbours = new { First = rows[first].Sequence, Last = rows[next - 1].Sequence, Now = now };
            if (options.KeepPublished > TimeSpan.Zero)
                batch.Add(Keep, neighbours);

            batch.Add("delete from outbox where sequence between @First and @Last", neighbours);
        }

        return database.Write(batch, cancellation);
    }
}

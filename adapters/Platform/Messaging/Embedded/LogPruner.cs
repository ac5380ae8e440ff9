using Dapper;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Embedded;

/// <summary>
/// Lets go, where <see cref="EmbeddedLogOptions.KeepRecords"/> says so, the records of orders that are older and that every group has read, the oldest first and in small
/// batches. What has another key stays, as menus and erasures have, which are few and of which the newest is needed however old it is; so do each topic's newest records,
/// among which the numbers in use are looked for. Two processes at once do no harm.
/// </summary>
internal sealed partial class LogPruner : IAsyncDisposable
{
    private const int AtOnce = 500;

    // A group that was sent back to the beginning is a rebuild's: it counts while it reads, and begins anew when it reads again.
    private const string ReadByAll =
        """
        select topic as Topic, min(position) as Position from consumer_groups
        where epoch = 0 or (member is not null and lease_until > @Now) group by topic
        """;

    private const string OfOrders = "topic = @Topic and position > @After and position <= @Until and key not glob '*[^0-9]*'";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly IDatabase _database;
    private readonly EmbeddedLogOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _pruning;

    public LogPruner(IDatabase database, EmbeddedLogOptions options, TimeProvider clock, ILogger logger)
    {
        (_database, _options, _clock, _logger) = (database, options, clock, logger);
        _pruning = options.KeepRecords > TimeSpan.Zero ? GoOn(_ending.Token) : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _pruning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task GoOn(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_options.PruneInterval, _clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                await Prune(cancellation);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(_logger, error);
            }
        }
    }

    // No topic beyond what stays of the others: an order whose ticket's records went before its own would look, to a restoration, as if it never had a ticket.
    private async Task Prune(CancellationToken cancellation)
    {
        var (before, ends) = (_clock.GetUtcNow() - _options.KeepRecords, new List<(string Topic, long Until, DateTimeOffset? Stays)>());
        foreach (var topic in await _database.Query<ReadTopic>(ReadByAll, new { Now = _clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancellation))
        {
            var until = Math.Min(topic.Position, await NewestThatMayGo(topic.Topic, cancellation));
            var staying = await Oldest(topic.Topic, until, long.MaxValue, cancellation);
            ends.Add((topic.Topic, until, staying.Select(TimeOf).FirstOrDefault(static time => time is not null)));
        }

        foreach (var (topic, until, _) in ends)
            await Prune(topic, until, ends.Where(other => other.Topic != topic).Select(static other => other.Stays ?? DateTimeOffset.MaxValue).Append(before).Min(), cancellation);
    }

    private async Task Prune(string topic, long until, DateTimeOffset before, CancellationToken cancellation)
    {
        for (var after = 0L; await Oldest(topic, after, until, cancellation) is { Count: > 0 } oldest; after = oldest[^1].Position)
        {
            var gone = oldest.TakeWhile(record => IsOlder(record, before)).ToList();
            if (gone.Count > 0)
            {
                await _database.Write(
                    new Batch().Add($"delete from records where {OfOrders}", new { Topic = topic, After = after, Until = gone[^1].Position }), cancellation);
            }

            if (gone.Count < oldest.Count)
                return;

            await Task.Delay(Pause, _clock, cancellation);
        }
    }

    private Task<long> NewestThatMayGo(string topic, CancellationToken cancellation) => _database.Read(
        connection => connection.ExecuteScalarAsync<long>(
            "select coalesce((select position from records where topic = @Topic order by position desc limit 1 offset @Kept), 0)",
            new { Topic = topic, Kept = _options.AlwaysKept }),
        cancellation);

    private Task<IReadOnlyList<StoredRecord>> Oldest(string topic, long after, long until, CancellationToken cancellation) => _database.Query<StoredRecord>(
        $"select position as Position, cast(value as blob) as Value from records where {OfOrders} order by position limit {AtOnce}",
        new { Topic = topic, After = after, Until = until },
        cancellation);

    // What cannot be read says no time, and helps nobody.
    private static bool IsOlder(StoredRecord record, DateTimeOffset before) => TimeOf(record) is not { } time || time < before;

    private static DateTimeOffset? TimeOf(StoredRecord record)
    {
        try
        {
            return EventDecoder.Decode(record.Value).Time;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old records of the log could not be let go; the next round tries again")]
    private static partial void LogFailed(ILogger logger, Exception error);

    private sealed class ReadTopic
    {
        public string Topic { get; init; } = "";

        public long Position { get; init; }
    }

    private sealed class StoredRecord
    {
        public long Position { get; init; }

        public byte[] Value { get; init; } = [];
    }
}

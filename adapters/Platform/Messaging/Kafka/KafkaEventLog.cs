using System.Collections.Concurrent;
using Confluent.Kafka;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>
/// Kafka as the log. A record is its key and its value, nothing else, so that brokers of any age carry it. Partitions are read beside each other,
/// each in its order; since a key has one partition, batches that are given at the same time share no key.
/// </summary>
public sealed partial class KafkaEventLog : IEventLog, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan ReachableTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);
    private readonly ClientFactory _clients;
    private readonly KafkaOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IAdminClient _admin;
    private readonly DedicatedThread _asking = new("kafka questions");
    private readonly TopicCreation _topics;
    private readonly Appender _appender;
    private readonly Rewinds _rewinds;
    private readonly Lags _lags;
    private readonly TextKeys? _keys;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Task, bool> _members = new();
    private int _closed;

    /// <summary>Connects in the background: whether the brokers are there shows when they are needed.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="loggers">Where to report.</param>
    /// <param name="database">The service's own, for the keys of sealed texts; without it none is opened or erased.</param>
    /// <exception cref="ArgumentException">Texts shall be sealed, and there is no database.</exception>
    /// <exception cref="InvalidOperationException">librdkafka refuses a setting; the message names it.</exception>
    public KafkaEventLog(KafkaOptions options, TimeProvider clock, ILoggerFactory loggers, IDatabase? database = null)
    {
        if (options.SealTexts && database is null)
            throw new ArgumentException("Kafka:SealTexts needs a database for the keys.", nameof(database));

        _logger = loggers.CreateLogger<KafkaEventLog>();
        (_options, _time, _clients) = (options, clock, new ClientFactory(options, _logger));
        _admin = _clients.Admin();
        _topics = new TopicCreation(_admin, _asking, options, clock, _logger);
        _appender = new Appender(_clients, options, clock, _logger);
        _rewinds = new Rewinds(_clients, _topics, _appender, options, clock, _logger);
        _lags = new Lags(_clients, _topics, _asking, options);
        _keys = database is null ? null : new TextKeys(_clients, _topics, _asking, _appender, new TextKeyTable(database, options.TopicOfKeys), options, clock, _logger);
    }

    /// <inheritdoc/>
    public async Task Append(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        await _topics.Exists(Named(topic), cancellation);
        if (_options.SealTexts)
            records = await SealedTexts.Seal(records, _keys!, cancellation);

        await _appender.Append(Named(topic), records, cancellation);
    }

    /// <inheritdoc/>
    public async Task Consume(
        string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        while (true)
        {
            await _topics.Exists(Named(topic), either.Token);
            var generation = await _rewinds.Current(Named(topic), Named(group), either.Token);
            var member = new GroupMember(_clients, _options, _time, _logger).Read(Named(topic), generation.Group, Opened, generation.Ended, either.Token);
            _members.TryAdd(member, value: true);
            try
            {
                await member;
            }
            finally
            {
                _members.TryRemove(member, out _);
            }

            cancellation.ThrowIfCancellationRequested();
            either.Token.ThrowIfCancellationRequested();
        }

        async Task Opened(IReadOnlyList<LogRecord> records, PartitionAssignment assignment) =>
            await handle(_keys is null ? records : await SealedTexts.Open(records, _keys, assignment.Ended), assignment);
    }

    /// <inheritdoc/>
    public async Task<long> Lag(string topic, string group, CancellationToken cancellation)
    {
        await _topics.Exists(Named(topic), cancellation);
        return await _lags.Of(Named(topic), Named(group), await _rewinds.Current(Named(topic), Named(group), cancellation), cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>Sealed texts stay so: it would wait for their keys, and whoever looks for the newest wants their order's number.</remarks>
    public async Task<IReadOnlyList<LogRecord>> Newest(string topic, int count, CancellationToken cancellation)
    {
        await _topics.Exists(Named(topic), cancellation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        var partitions = await _asking.Call(() => _topics.Partitions(Named(topic)), either.Token) ?? throw new IOException($"A partition of {topic} has no leader.");
        IReadOnlyList<LogRecord> newest = [];
        await DedicatedThread.Run("kafka newest", () => newest = Newest(Named(topic), partitions, count, either.Token));
        return newest;
    }

    /// <inheritdoc/>
    public Task Rewind(string topic, string group, CancellationToken cancellation) => _rewinds.Add(Named(topic), Named(group), cancellation);

    /// <inheritdoc/>
    /// <remarks>What they are sealed with is thrown away. What was published clear stays.</remarks>
    public Task<bool> Erase(IReadOnlyCollection<string> keys, CancellationToken cancellation) =>
        _keys is null ? Task.FromResult(false) : _keys.Forget(keys, cancellation);

    /// <summary>Whether a broker answers, within a second.</summary>
    public async Task<bool> IsReachable(CancellationToken cancellation)
    {
        try
        {
            return await _asking.Call(() => _admin.GetMetadata(ReachableTimeout).Brokers.Count > 0, cancellation);
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
            return;

        await _closing.CancelAsync();
        await Task.WhenAll(_members.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await End().WaitAsync(ShutdownTimeout, _time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // Nothing is lost with them: what was not acknowledged is still in the outbox.
            LogLeftBehind(_logger);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // Against brokers that do not answer, each of these may take as long as its own question.
    private async Task End()
    {
        await _rewinds.DisposeAsync();
        if (_keys is not null)
            await _keys.DisposeAsync();

        await _appender.DisposeAsync();
        await _lags.Close(CancellationToken.None);
        await _asking.DisposeAsync();
        await DedicatedThread.Run("kafka end", _admin.Dispose);
        _closing.Dispose();
    }

    private List<LogRecord> Newest(string topic, int partitions, int count, CancellationToken cancellation)
    {
        var start = _time.GetTimestamp();
        using var reader = _clients.Follower();
        var from = Enumerable.Range(0, partitions).Select(number => new TopicPartition(topic, number)).Select(partition =>
        {
            var ends = reader.QueryWatermarkOffsets(partition, _options.Timeout);
            return new TopicPartitionOffset(partition, Math.Max(ends.Low, ends.High - count));
        });
        reader.Assign([.. from]);
        var (unread, found) = (Enumerable.Range(0, partitions).ToHashSet(), new List<LogRecord>());
        while (unread.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_time.GetElapsedTime(start) > _options.Timeout)
                throw new TimeoutException($"The newest records of {topic} did not come within {_options.Timeout.TotalSeconds} seconds.");

            if (reader.Consume(Look) is not { } result)
                continue;

            if (result.IsPartitionEOF)
                unread.Remove(result.Partition.Value);
            else
                found.Add(new LogRecord(result.Message.Key ?? "", result.Message.Value ?? []));
        }

        return found;
    }

    private string Named(string name) => _options.Prefix + name;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The brokers do not answer; the connections to them end with the process")]
    private static partial void LogLeftBehind(ILogger logger);
}

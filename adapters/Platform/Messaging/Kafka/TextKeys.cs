using System.Globalization;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>
/// The keys that texts are sealed with. They are records of a compacted topic of their own, <c>RECORD KEY/ID</c>; one without a value throws its key away. A key is
/// acknowledged before anything that is sealed with it is appended, so whoever has read the topic up to where it ended after he saw an event, and does not find its
/// key, knows that it was thrown away. Each service keeps what it has read in its own database, so that a batch of events costs one query, however many orders there are.
/// </summary>
internal sealed partial class TextKeys : IAsyncDisposable
{
    private const int AtOnce = 1000;
    private const long NotFollowing = -1;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookForKeys = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Readers that were away for long must see it still; it has nothing of a person. The longest would overflow in brokers that add it to the present.
    private static readonly TimeSpan KeepForgotten = TimeSpan.FromDays(36_500);

    private readonly TaskCompletionSource _needed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly DedicatedThread _reading = new("kafka keys");
    private readonly DedicatedThread _measuring = new("kafka end of keys");
    private readonly ClientFactory _clients;
    private readonly TopicCreation _topics;
    private readonly DedicatedThread _asking;
    private readonly Appender _appender;
    private readonly TextKeyTable _table;
    private readonly KafkaOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TopicPartition _partition;
    private readonly Task _following;

    // Belongs to the asking thread.
    private IConsumer<string, byte[]>? _measure;
    private long _position = NotFollowing;

    public TextKeys(
        ClientFactory clients, TopicCreation topics, DedicatedThread asking, Appender appender, TextKeyTable table, KafkaOptions options, TimeProvider clock, ILogger logger)
    {
        (_clients, _topics, _asking, _appender, _table, _options, _time, _logger) = (clients, topics, asking, appender, table, options, clock, logger);
        // Brokers that make it by themselves may make more.
        _partition = new TopicPartition(options.TopicOfKeys, 0);
        _following = Task.Run(Follow, CancellationToken.None);
    }

    /// <summary>
    /// What the topic of keys needs so that what was thrown away goes in time: its brokers leave alone the segment that they write to, so that must be closed in
    /// time, and then what is not the last of its key is removed at once, however little it is.
    /// </summary>
    public static void Bound(IDictionary<string, string> configs, TimeSpan within)
    {
        configs["segment.ms"] = Milliseconds(within / 2);
        configs["min.cleanable.dirty.ratio"] = "0";
        configs["delete.retention.ms"] = Milliseconds(KeepForgotten);
    }

    /// <summary>A key for each of these record keys; those that there are not yet are made, and acknowledged.</summary>
    public async Task<IReadOnlyDictionary<string, TextKey>> Of(IReadOnlyCollection<string> recordKeys, CancellationToken cancellation)
    {
        var known = (await _table.OfRecords([.. recordKeys.Select(StorableText.Key)], cancellation)).ToLookup(static key => key.RecordKey, StringComparer.Ordinal);
        var keys = recordKeys.ToDictionary(
            static recordKey => recordKey, recordKey => known[StorableText.Key(recordKey)].FirstOrDefault() ?? TextKey.New(StorableText.Key(recordKey)), StringComparer.Ordinal);
        await Append([.. keys.Values.Where(key => !known.Contains(key.RecordKey)).Select(static key => Record(key, key.Secret))], cancellation);
        return keys;
    }

    /// <summary>The keys with these ids; one that is missing was thrown away.</summary>
    /// <exception cref="TimeoutException">Whether one was thrown away could not be found out in time.</exception>
    public async Task<IReadOnlyDictionary<string, TextKey>> With(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var found = await _table.WithIds(ids, cancellation);
        if (found.Count < ids.Count)
        {
            await HasReadAll(cancellation);
            found = await _table.WithIds(ids, cancellation);
        }

        return found.ToDictionary(static key => key.Id, StringComparer.Ordinal);
    }

    /// <summary>Throws away all keys of these record keys that there are; false if there has never been a key.</summary>
    public async Task<bool> Forget(IReadOnlyCollection<string> recordKeys, CancellationToken cancellation)
    {
        try
        {
            if (!_options.SealTexts && await _table.Position(cancellation) == 0 && !await _asking.Call(() => _topics.IsThere(_options.TopicOfKeys), cancellation))
                return false;

            await HasReadAll(cancellation);
            var keys = await _table.OfRecords([.. recordKeys.Select(StorableText.Key)], cancellation);
            await Append([.. keys.Select(static key => Record(key, value: null))], cancellation);
            await HasReadAll(cancellation);
            return true;
        }
        catch (KafkaException away)
        {
            throw new IOException("The brokers do not answer, or refuse.", away);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _measuring.Call(() => Dispose(_measure), CancellationToken.None);
        await _measuring.DisposeAsync();
        await _reading.DisposeAsync();
        _stop.Dispose();
    }

    private static LogRecord Record(TextKey key, byte[]? value) => new($"{key.RecordKey}/{key.Id}", value);

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private static bool Dispose(IDisposable? client)
    {
        client?.Dispose();
        return true;
    }

    private async Task Append(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        await _topics.Exists(_options.TopicOfKeys, cancellation);
        await _appender.Append(_partition, records, cancellation);
    }

    private async Task HasReadAll(CancellationToken cancellation)
    {
        _needed.TrySetResult();
        await _topics.Exists(_options.TopicOfKeys, cancellation);
        var before = Interlocked.Read(ref _position);
        var end = await _measuring.Call(() => End(_measure ??= _clients.Follower()), cancellation);

        // The topic has lost something, and the follower has not noticed yet: what is missing was not thrown away.
        if (end < before)
            throw new TimeoutException($"The topic of keys ends at {end}, and was read up to {before}.");

        for (var start = _time.GetTimestamp(); Interlocked.Read(ref _position) < end;)
        {
            if (_time.GetElapsedTime(start) > _options.Timeout)
                throw new TimeoutException($"The keys of sealed texts were not read within {_options.Timeout.TotalSeconds} seconds: {Interlocked.Read(ref _position)} of {end}.");

            await Task.Delay(LookForKeys, _time, cancellation);
        }
    }

    private long End(IConsumer<string, byte[]> client) => client.QueryWatermarkOffsets(_partition, _options.Timeout).High;

    private async Task Follow()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                // Where nothing is sealed there need not be such a topic.
                if (!_options.SealTexts && await _table.Position(_stop.Token) == 0)
                    await _needed.Task.WaitAsync(_stop.Token);

                await _topics.Exists(_options.TopicOfKeys, _stop.Token);
                await FollowHere();
            }
            catch (Exception error) when (!_stop.IsCancellationRequested)
            {
                LogFailed(_logger, error);
                await Task.Delay(Pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowHere()
    {
        var reader = _clients.Follower();
        try
        {
            var at = await _table.Position(_stop.Token);
            if (await _reading.Call(() => End(reader), _stop.Token) is var end && end < at)
            {
                await StartOver(end, at);
                return;
            }

            reader.Assign(new TopicPartitionOffset(_partition, at));
            Interlocked.Exchange(ref _position, at);
            for (var closed = _time.GetTimestamp(); !_stop.IsCancellationRequested;)
            {
                var (records, next) = await _reading.Call(() => Read(reader, at), _stop.Token);
                if (next < at)
                    await StartOver(next, at);

                if (next < at || !await Keep(records, at, next))
                    return;

                at = next;
                Interlocked.Exchange(ref _position, at);

                // A segment is closed by the next record only, and where nobody orders there is none.
                if (_time.GetElapsedTime(closed) > _options.ForgetKeysWithin / 4)
                {
                    await Append([new LogRecord("closing", default)], _stop.Token);
                    closed = _time.GetTimestamp();
                }
            }
        }
        finally
        {
            Interlocked.Exchange(ref _position, NotFollowing);
            await _reading.Call(() => Dispose(reader), CancellationToken.None);
        }
    }

    private static (IReadOnlyList<ConsumeResult<string, byte[]>> Records, long Next) Read(IConsumer<string, byte[]> reader, long at)
    {
        var records = new List<ConsumeResult<string, byte[]>>();
        while (records.Count < AtOnce && reader.Consume(records.Count == 0 ? Look : TimeSpan.Zero) is { } result)
        {
            if (result.IsPartitionEOF)
                return (records, Math.Max(at, result.Offset.Value));

            records.Add(result);
            at = result.Offset.Value + 1;
        }

        return (records, at);
    }

    // Processes that share the database read beside each other. Whoever is first writes; the others look how far it has come. False if it went back.
    private async Task<bool> Keep(IReadOnlyList<ConsumeResult<string, byte[]>> records, long at, long next)
    {
        for (var from = at; from < next; from = await _table.Position(_stop.Token))
        {
            if (from < at)
                return false;

            var last = new Dictionary<string, TextKey?>(StringComparer.Ordinal);
            foreach (var record in records.Where(record => record.Offset.Value >= from))
            {
                if (Known(record.Message) is (var id, var key))
                    last[id] = key;
            }

            if (await _table.Keep(last.Values.OfType<TextKey>(), last.Where(static one => one.Value is null).Select(static one => one.Key), from, next, _stop.Token))
                return true;
        }

        return true;
    }

    private static (string Id, TextKey? Key)? Known(Message<string, byte[]> message)
    {
        var (name, secret) = (message.Key ?? string.Empty, message.Value ?? []);
        var stroke = name.LastIndexOf('/');
        var id = name[(stroke + 1)..];
        // Not a record of ours.
        if (stroke < 0 || secret.Length is not (0 or TextKey.Length) || !Guid.TryParseExact(id, "n", out _) || !StorableText.Keeps(name))
            return null;

        return (id, secret.Length == 0 ? null : new TextKey(id, name[..stroke], secret));
    }

    // What the topic has lost, those who have read it still have.
    private async Task StartOver(long end, long position)
    {
        // Nobody shall take what is lost for thrown away.
        Interlocked.Exchange(ref _position, NotFollowing);
        LogLost(_logger, _options.TopicOfKeys, end, position);
        List<TextKey> keys;
        for (var after = string.Empty; (keys = await _table.After(after, _stop.Token)).Count > 0; after = keys[^1].Id)
            await Append([.. keys.Select(static key => Record(key, key.Secret))], _stop.Token);

        // Where another process has done so meanwhile, that is left as it is.
        await _table.Keep([], [], position, next: 0, _stop.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of sealed texts cannot be read for now")]
    private static partial void LogFailed(ILogger logger, Exception error);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The topic {Topic} ends at {End}, and was read up to {Position} before: keys are lost there. Those that this service has are put back; what is sealed "
            + "with others reads as erased")]
    private static partial void LogLost(ILogger logger, string topic, long end, long position);
}

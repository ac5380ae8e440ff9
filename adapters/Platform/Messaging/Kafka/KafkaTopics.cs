using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>
/// Makes topics that are missing, without expiry, and so that the loss of one broker loses nothing where there are three. Brokers that know or allow no
/// such request may make them by themselves when they are asked for; then as their own settings say.
/// </summary>
internal sealed partial class TopicCreation(IAdminClient admin, DedicatedThread asking, KafkaOptions options, TimeProvider clock, ILogger logger)
{
    private const short EnoughReplicas = 3;
    private const short BrokersOwn = -1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<string, int> _exist = new(StringComparer.Ordinal);
    private int _warned;

    /// <summary>Waits until the topic can be used.</summary>
    /// <returns>How many partitions it had when it was first seen.</returns>
    /// <exception cref="TimeoutException">It is missing, and no broker makes it.</exception>
    public async Task<int> Exists(string topic, CancellationToken cancellation)
    {
        if (_exist.TryGetValue(topic, out var known))
            return known;

        using var patience = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            if (options.CreateTopics)
                await Make(topic, either.Token).WaitAsync(either.Token);

            while (true)
            {
                if (await asking.Call(() => Partitions(topic), either.Token) is { } partitions)
                    return _exist[topic] = partitions;

                await Task.Delay(Pause, clock, either.Token);
            }
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The topic {topic} is not there, and no broker has made it within {options.Timeout.TotalSeconds} seconds.", late);
        }
    }

    /// <summary>
    /// How many partitions it has now; null as long as one of them has no leader. Blocks: for the asking thread. Old brokers make the topic when
    /// they are asked this.
    /// </summary>
    public int? Partitions(string topic)
    {
        var found = admin.GetMetadata(topic, options.Timeout).Topics.Find(one => string.Equals(one.Topic, topic, StringComparison.Ordinal));
        return found is { Error.IsError: false, Partitions.Count: > 0 } && found.Partitions.TrueForAll(static partition => partition.Leader >= 0)
            ? found.Partitions.Count
            : null;
    }

    /// <summary>Whether the brokers know it; none makes it for being asked this. Blocks: for the asking thread.</summary>
    public bool IsThere(string topic) =>
        admin.GetMetadata(options.Timeout).Topics.Exists(one => string.Equals(one.Topic, topic, StringComparison.Ordinal));

    private async Task Make(string topic, CancellationToken cancellation)
    {
        var replicas = await Replicas(cancellation);
        var isOfKeys = string.Equals(topic, options.TopicOfKeys, StringComparison.Ordinal);
        var isCompacted = isOfKeys || string.Equals(topic, options.TopicOfRewinds, StringComparison.Ordinal);
        var wanted = new TopicSpecification
        {
            Name = topic,
            NumPartitions = isCompacted ? 1 : options.Partitions,
            ReplicationFactor = replicas,
            Configs = isCompacted
                ? new Dictionary<string, string>(StringComparer.Ordinal) { ["cleanup.policy"] = "compact" }
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["retention.ms"] = "-1", ["retention.bytes"] = "-1" },
        };
        if (isOfKeys)
            TextKeys.Bound(wanted.Configs, options.ForgetKeysWithin);

        // With one broker down there are two left, and records are taken; with two down none are, rather than ones that the last broker may lose.
        if (replicas >= EnoughReplicas)
            wanted.Configs["min.insync.replicas"] = "2";

        try
        {
            // Half of the time is for seeing whether they make it by themselves.
            var bound = options.Timeout / 2;
            await admin.CreateTopicsAsync([wanted], new CreateTopicsOptions { RequestTimeout = bound, OperationTimeout = bound });
        }
        catch (CreateTopicsException error) when (error.Results.TrueForAll(static result => result.Error.Code is ErrorCode.TopicAlreadyExists))
        {
            // Another process was first.
        }
        catch (KafkaException error)
        {
            LogNotMade(logger, topic, error.Error.Reason);
        }
    }

    private async Task<short> Replicas(CancellationToken cancellation)
    {
        if (options.ReplicationFactor is { } own)
            return own;

        var brokers = await asking.Call(() => admin.GetMetadata(options.Timeout).Brokers.Count, cancellation);
        if (brokers >= EnoughReplicas)
            return EnoughReplicas;

        if (Interlocked.Exchange(ref _warned, 1) == 0)
            LogTooFew(logger, brokers, EnoughReplicas);

        return BrokersOwn;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Of Kafka's brokers {Brokers} can be seen, too few to keep topics on {Replicas}: those that are missing are made as the brokers' own settings "
            + "say, and what a broker loses may be lost; set Kafka:ReplicationFactor to say how many there shall be")]
    private static partial void LogTooFew(ILogger logger, int brokers, int replicas);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The topic {Topic} was not made by request: {Reason}")]
    private static partial void LogNotMade(ILogger logger, string topic, string reason);
}

/// <summary>
/// Asks the brokers how far groups have come. Each group is asked about by a client of its own, which is no member: the admin client's own questions
/// about groups end the process when a broker restarts meanwhile (librdkafka's issues 3663 and 4605).
/// </summary>
internal sealed class Lags(ClientFactory clients, TopicCreation topics, DedicatedThread asking, KafkaOptions options)
{
    // Belongs to the asking thread.
    private readonly Dictionary<string, (string Group, IConsumer<string, byte[]> Client)> _clients = new(StringComparer.Ordinal);

    public Task<long> Of(string topic, string group, GroupGeneration generation, CancellationToken cancellation) =>
        asking.Call(() => Count(topic, Client($"{topic}/{group}", generation.Group)), cancellation);

    public Task<bool> Close(CancellationToken cancellation) => asking.Call(
        () =>
        {
            foreach (var (_, client) in _clients.Values)
                client.Dispose();

            _clients.Clear();
            return true;
        },
        cancellation);

    private long Count(string topic, IConsumer<string, byte[]> client)
    {
        var partitions = topics.Partitions(topic) ?? throw new IOException($"A partition of {topic} has no leader.");
        var committed = client.Committed(Enumerable.Range(0, partitions).Select(number => new TopicPartition(topic, number)), options.Timeout);
        // The ends after the commits: whoever reads meanwhile cannot seem to be beyond the end.
        return committed.Sum(reached =>
        {
            var ends = client.QueryWatermarkOffsets(reached.TopicPartition, options.Timeout);
            return ends.High - Math.Max(ends.Low, reached.Offset.IsSpecial ? ends.Low : reached.Offset);
        });
    }

    private IConsumer<string, byte[]> Client(string key, string group)
    {
        if (_clients.TryGetValue(key, out var known))
        {
            if (string.Equals(known.Group, group, StringComparison.Ordinal))
                return known.Client;

            known.Client.Dispose();
        }

        var client = clients.Reader(group).Build();
        _clients[key] = (group, client);
        return client;
    }
}

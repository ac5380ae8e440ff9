using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>Makes the clients. Each connects by itself, in the background.</summary>
internal sealed class ClientFactory(KafkaOptions options, ILogger logger)
{
    public IProducer<string, byte[]> Producer()
    {
        return new ProducerBuilder<string, byte[]>(ClientSettings.Appending(options)).SetLogHandler((_, message) => ClientLog.Write(logger, message)).Build();
    }

    public IAdminClient Admin()
    {
        return new AdminClientBuilder(ClientSettings.Asking(options)).SetLogHandler((_, message) => ClientLog.Write(logger, message)).Build();
    }

    public ConsumerBuilder<string, byte[]> Reader(string group) => Consumer(ClientSettings.Reading(options, group));

    public IConsumer<string, byte[]> Follower() => Consumer(ClientSettings.Following(options)).Build();

    private ConsumerBuilder<string, byte[]> Consumer(ConsumerConfig config)
    {
        return new ConsumerBuilder<string, byte[]>(config).SetLogHandler((_, message) => ClientLog.Write(logger, message));
    }
}

/// <summary>What each kind of client is told: our defaults, then the operator's settings, then what the guarantees rest on.</summary>
internal static class ClientSettings
{
    /// <summary>What an operator cannot change without breaking the log's promises.</summary>
    public static readonly IReadOnlyList<string> Fixed =
    [
        "bootstrap.servers", "group.id", "acks", "message.timeout.ms", "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset",
        "enable.partition.eof",
    ];

    // A broker that is back shall be noticed soon, also by whoever has just begun to connect to what was in its place; and partitions that were added, or
    // some would write to them for minutes before the others read them.
    private static readonly (string Name, string Value)[] Usual =
    [
        ("client.id", "fooddelivery"), ("topic.metadata.refresh.fast.interval.ms", "100"), ("reconnect.backoff.max.ms", "1000"),
        ("socket.connection.setup.timeout.ms", "5000"), ("topic.metadata.refresh.interval.ms", "5000"),
    ];

    // A record must not be given up while those after it go on: it is the whole append that times out, with its producer.
    private static readonly (string Name, string Value)[] ForAppending = [("acks", "all"), ("message.timeout.ms", "0")];

    // Where one server has the key's order, so must every other: Java's clients place keys by murmur2.
    private static readonly (string Name, string Value)[] UsualForAppending = [("linger.ms", "1"), ("partitioner", "murmur2_random")];

    // Its timers cost some processor time for each of a process's groups, also when nothing happens. What a dead member had not committed comes again,
    // and has no effect twice.
    private static readonly (string Name, string Value)[] ForReading =
    [
        ("enable.auto.commit", "true"), ("auto.commit.interval.ms", "1000"), ("enable.auto.offset.store", "false"), ("auto.offset.reset", "earliest"),
    ];

    // A dead member's partitions go to another after the session's time-out. A fetch that waits for records holds up what else is asked of the broker,
    // such as a partition that goes on after a pause.
    private static readonly (string Name, string Value)[] UsualForReading =
        [("session.timeout.ms", "10000"), ("heartbeat.interval.ms", "1000"), ("fetch.wait.max.ms", "100")];

    public static ProducerConfig Appending(KafkaOptions options)
    {
        var config = Of(options, UsualForAppending, ForAppending);
        if (!config.ContainsKey("enable.idempotence") && !config.ContainsKey("max.in.flight.requests.per.connection"))
        {
            // With it the broker itself refuses what comes out of order. Where it has none, one request at a time keeps the order.
            var idempotent = !config.TryGetValue("api.version.request", out var asks) || !string.Equals(asks, "false", StringComparison.Ordinal);
            config.Add(idempotent ? "enable.idempotence" : "max.in.flight.requests.per.connection", idempotent ? "true" : "1");
        }

        return new ProducerConfig(config);
    }

    public static AdminClientConfig Asking(KafkaOptions options) => new(Of(options, [], []));

    public static ConsumerConfig Reading(KafkaOptions options, string group) => new(Of(options, UsualForReading, [.. ForReading, ("group.id", group)]));

    /// <summary>For reading all partitions of a topic from their beginning, in no group.</summary>
    public static ConsumerConfig Following(KafkaOptions options) => new(Of(
        options,
        [],
        [("group.id", "fooddelivery.followers"), ("enable.auto.commit", "false"), ("auto.offset.reset", "earliest"), ("enable.partition.eof", "true")]));

    private static Dictionary<string, string> Of(KafkaOptions options, (string Name, string Value)[] usual, (string Name, string Value)[] ours)
    {
        var config = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Usual.Concat(usual))
            config[name] = value;

        foreach (var (name, value) in options.Client)
            config[name] = value;

        foreach (var (name, value) in ours)
            config[name] = value;

        config["bootstrap.servers"] = options.BootstrapServers;
        return config;
    }
}

/// <summary>Carries what librdkafka says to the service's own log.</summary>
internal static partial class ClientLog
{
    // Brokers before 0.10 need these two. Each client says that they are deprecated, and there is a client for each group.
    private static readonly string[] KnownDeprecations =
        ["Configuration property api.version.request is deprecated", "Configuration property broker.version.fallback is deprecated"];

    // Brokers come and go, and librdkafka gets over it: none of what it says by itself is an error of the service.
    public static void Write(ILogger logger, LogMessage message)
    {
        if (message.Level <= SyslogLevel.Warning && !KnownDeprecations.Any(known => message.Message.Contains(known, StringComparison.Ordinal)))
        {
            Warn(logger, message.Name, message.Message);
        }
        else
        {
            Tell(logger, message.Name, message.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Client}: {Message}")]
    private static partial void Warn(ILogger logger, string client, string message);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Client}: {Message}")]
    private static partial void Tell(ILogger logger, string client, string message);
}

using System.Collections.Concurrent;
using System.Text;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>Brokers that refuse, go and come back, on librdkafka's simulated ones, and members that come and go cooperatively.</summary>
[NeedsOutside(MockCluster.Library)]
public sealed class KafkaTroubleTests : IAsyncLifetime
{
    private const string Topic = "troubles";
    private const short Produce = 0;
    private const int NotEnoughReplicas = 19;
    private const int RequestTimedOut = 7;
    private readonly KafkaOptions _options = new() { CreateTopics = false, Client = { ["heartbeat.interval.ms"] = "200", ["session.timeout.ms"] = "4000" } };
    private readonly List<KafkaEventLog> _opened = [];
    private readonly CommitsRefused _refused = new();
    private MockCluster? _cluster;

    private MockCluster Cluster => _cluster ??= new MockCluster();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var log in _opened)
            await log.DisposeAsync();

        _cluster?.Dispose();
    }

    [SuiteFact]
    public async Task A_brokers_refusals_cost_neither_records_nor_their_order()
    {
        var log = Opened();
        await using var reading = new Reading(log, Topic, "group");
        await Append(log, "a:0");
        Cluster.Fail(Produce, NotEnoughReplicas, RequestTimedOut, NotEnoughReplicas);

        await Append(log, [.. Numbers(1, 50)]);

        await reading.HasSeen(Numbers(0, 51));
    }

    [SuiteFact]
    public async Task An_append_to_brokers_that_are_down_fails_and_succeeds_when_they_are_back()
    {
        _options.Timeout = TimeSpan.FromSeconds(5);
        var log = Opened();
        await using var reading = new Reading(log, Topic, "group");
        await Append(log, "a:0");
        await reading.HasSeen("a:0");
        Cluster.Down();

        await Assert.ThrowsAnyAsync<Exception>(() => Append(log, "a:1", "a:2"));
        await Eventually.Holds(async () => Assert.False(await log.IsReachable(default)));
        Cluster.Up();

        await Eventually.Holds(() => Append(log, "a:1", "a:2"));
        await Eventually.Holds(async () => Assert.True(await log.IsReachable(default)), TimeSpan.FromMinutes(1));
        // What had not been committed before may come again.
        await Eventually.Holds(() => Equal(Numbers(0, 3), reading.Seen.Distinct()));
    }

    [SuiteFact]
    public async Task A_slow_handler_is_not_swamped_and_misses_nothing()
    {
        _options.BatchSize = 2;
        var largest = 0;
        var log = Opened();
        await using var reading = new Reading(log, Topic, "group", async (records, cancellation) =>
        {
            largest = Math.Max(largest, records.Count);
            await Task.Delay(5, cancellation);
        });

        for (var first = 0; first < 300; first += 50)
            await Append(log, Numbers(first, 50));

        await reading.HasSeen(Numbers(0, 300));
        Assert.Equal(2, largest);
    }

    [SuiteFact]
    public Task Members_that_come_and_go_cooperatively_share_the_partitions() => _refused.Without(Topic, async topic =>
    {
        _options.Client["partition.assignment.strategy"] = "cooperative-sticky";
        var log = Opened();
        var expected = new List<string>();
        await using var first = new Reading(log, topic, "group");
        async Task AppendAll(int round)
        {
            var records = Enumerable.Range(0, 20).Select(key => $"{key}:{round}").ToArray();
            expected.AddRange(records);
            await log.Append(topic, [.. records.Select(Record)], default);
        }

        await AppendAll(0);
        await Eventually.Holds(() => Equal(expected, first.Seen));
        var second = new Reading(Opened(), topic, "group");
        for (var round = 1; second.Seen.IsEmpty; round++)
        {
            await AppendAll(round);
            await Task.Delay(50);
        }

        await second.DisposeAsync();
        await AppendAll(int.MaxValue);

        await Eventually.Holds(() => Equal(expected, first.Seen.Concat(second.Seen)));
    });

    [SuiteFact]
    public async Task What_old_brokers_need_is_not_warned_of_and_everything_else_is()
    {
        var heard = new Heard();
        foreach (var (name, value) in OldKafka.Settings)
            _options.Client[name] = value;

        // No setting of a producer, as all but the readers are.
        _options.Client["fetch.wait.max.ms"] = "100";
        _options.BootstrapServers = Cluster.BootstrapServers;
        _opened.Add(new KafkaEventLog(_options, TimeProvider.System, heard));

        await Eventually.Holds(() =>
        {
            Assert.Contains(heard.Lines, static line => line.Text.Contains("api.version.request is deprecated", StringComparison.Ordinal));
            Assert.Contains(heard.Lines, static line => line.Text.Contains("broker.version.fallback is deprecated", StringComparison.Ordinal));
            Assert.Contains(heard.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("fetch.wait.max.ms", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        Assert.All(
            heard.Lines.Where(static line => line.Text.Contains("is deprecated", StringComparison.Ordinal)),
            static line => Assert.Equal(LogLevel.Debug, line.Level));
    }

    private KafkaEventLog Opened()
    {
        _options.BootstrapServers = Cluster.BootstrapServers;
        var log = new KafkaEventLog(_options, TimeProvider.System, _refused.Loggers);
        _opened.Add(log);
        return log;
    }

    private static Task Append(KafkaEventLog log, params string[] records) => log.Append(Topic, [.. records.Select(Record)], default);

    private static LogRecord Record(string text) => new(text.Split(':')[0], Encoding.UTF8.GetBytes(text.Split(':')[1]));

    private static string[] Numbers(int first, int count) => [.. Enumerable.Range(first, count).Select(static number => $"a:{number}")];

    private static Task Equal(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        return Task.CompletedTask;
    }

    private sealed class Heard : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception)));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider)
        {
            // Nobody else listens.
        }

        public void Dispose()
        {
            // Nothing is kept.
        }
    }
}

using System.Collections.Concurrent;
using System.Reflection;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>Topics are made so that the loss of one broker loses nothing, where there are brokers enough.</summary>
public sealed class TopicCreationTests
{
    private static readonly byte[] Value = [1];

    [Theory]
    [InlineData(1, null, -1, null, 1)]
    [InlineData(2, null, -1, null, 1)]
    [InlineData(3, null, 3, "2", 0)]
    [InlineData(7, null, 3, "2", 0)]
    [InlineData(7, -1, -1, null, 0)]
    [InlineData(7, 2, 2, null, 0)]
    [InlineData(7, 5, 5, "2", 0)]
    [InlineData(1, 1, 1, null, 0)]
    public async Task As_many_replicas_as_the_setting_says_or_three_of_which_two_must_have_written(
        int brokers, int? setting, int replicas, string? inSync, int warnings)
    {
        var (admin, heard) = (DispatchProxy.Create<IAdminClient, SomeBrokers>(), new Warnings());
        var cluster = (SomeBrokers)(object)admin;
        cluster.Brokers = brokers;
        await using var asking = new DedicatedThread("test");
        var topics = new TopicCreation(admin, asking, new KafkaOptions { ReplicationFactor = (short?)setting }, TimeProvider.System, heard);

        await topics.Exists("one", default);
        await topics.Exists("fooddelivery.rewinds", default);
        await topics.Exists("fooddelivery.keys", default);

        Assert.Equal(3, cluster.Made.Count);
        Assert.All(cluster.Made, made =>
        {
            Assert.Equal(replicas, made.ReplicationFactor);
            Assert.Equal(inSync, made.Configs.GetValueOrDefault("min.insync.replicas"));
        });
        Assert.Equal(warnings, heard.Lines.Count);
    }

    [Fact]
    public async Task Keys_that_were_thrown_away_leave_their_topic_in_time_and_are_told_for_ever()
    {
        var admin = DispatchProxy.Create<IAdminClient, SomeBrokers>();
        var cluster = (SomeBrokers)(object)admin;
        cluster.Brokers = 3;
        await using var asking = new DedicatedThread("test");
        var options = new KafkaOptions { Prefix = "some.", ForgetKeysWithin = TimeSpan.FromHours(10) };

        await new TopicCreation(admin, asking, options, TimeProvider.System, new Warnings()).Exists("some.fooddelivery.keys", default);

        var made = Assert.Single(cluster.Made);
        Assert.Equal((1, "compact", "0", "18000000"), (
            made.NumPartitions, made.Configs["cleanup.policy"], made.Configs["min.cleanable.dirty.ratio"], made.Configs["segment.ms"]));
        Assert.True(long.Parse(made.Configs["delete.retention.ms"]) > TimeSpan.FromDays(30_000).TotalMilliseconds);
    }

    [NeedsPrograms(MockCluster.Library)]
    public async Task A_start_on_too_few_brokers_says_so_once()
    {
        Assert.Equal(1, await Warned(brokers: 1));
        Assert.Equal(0, await Warned(brokers: 3));
    }

    private static async Task<int> Warned(int brokers)
    {
        using var cluster = new MockCluster(brokers);
        var heard = new Warnings();
        await using var log = new KafkaEventLog(
            new KafkaOptions { BootstrapServers = cluster.BootstrapServers, Timeout = TimeSpan.FromSeconds(4) }, TimeProvider.System, heard);

        await log.Append("one", [new LogRecord("a", Value)], default);
        await log.Append("another", [new LogRecord("a", Value)], default);

        return heard.Lines.Count(static line => line.Contains("too few to keep topics on 3", StringComparison.Ordinal));
    }
}

/// <summary>An admin client of which nothing but its two safe calls may be used.</summary>
public class SomeBrokers : DispatchProxy
{
    public int Brokers { get; set; }

    public IList<TopicSpecification> Made { get; } = [];

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case nameof(IAdminClient.GetMetadata):
                return new Metadata(
                    [.. Enumerable.Range(1, Brokers).Select(static number => new BrokerMetadata(number, "broker", 9092))],
                    [.. Made.Select(static made => new TopicMetadata(made.Name, [new PartitionMetadata(0, 1, [1], [1], Fine)], Fine))],
                    1,
                    "broker");
            case nameof(IAdminClient.CreateTopicsAsync):
                foreach (var wanted in (IEnumerable<TopicSpecification>)args![0]!)
                    Made.Add(wanted);

                return Task.CompletedTask;
            default:
                throw new NotSupportedException($"{targetMethod.Name} ends the process when a broker restarts meanwhile.");
        }
    }

    private static Error Fine => new(ErrorCode.NoError);
}

/// <summary>What was warned of.</summary>
internal sealed class Warnings : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Lines.Enqueue(formatter(state, exception));
    }

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

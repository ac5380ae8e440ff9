using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support.Kafka;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>On librdkafka's simulated brokers, with the settings for today's Kafka.</summary>
[NeedsOutside(MockCluster.Library)]
public sealed class MockKafkaEventLogTests : EventLogSuite
{
    private readonly KafkaOptions _options = new() { CreateTopics = false, Client = { ["heartbeat.interval.ms"] = "200", ["session.timeout.ms"] = "4000" } };
    private readonly CommitsRefused _refused = new();
    private MockCluster? _cluster;

    private MockCluster Cluster => _cluster ??= new MockCluster();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _cluster?.Dispose();
    }

    protected override Task<IEventLog> OpenAnother()
    {
        _options.BootstrapServers = Cluster.BootstrapServers;
        return Task.FromResult<IEventLog>(new KafkaEventLog(_options, TimeProvider.System, _refused.Loggers));
    }

    protected override async Task Close(IEventLog log) => await ((KafkaEventLog)log).DisposeAsync();

    protected override Task Settled(string topic, Func<string, Task> test) => _refused.Without(topic, test);
}

using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Kafka;
using static FoodDelivery.Tests.Ports.Logs.SealingService;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>The topic of keys is lost with its brokers, on librdkafka's simulated ones.</summary>
[NeedsOutside(MockCluster.Library)]
public sealed class LostKeysTests : IDisposable
{
    private const string Topic = "orders";
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SuiteFact]
    public async Task Keys_that_a_service_has_read_are_put_back_and_those_that_were_thrown_away_are_not()
    {
        IReadOnlyList<LogRecord> events;
        using (var lost = new MockCluster())
        {
            await using var order = Opened(lost, "order", seals: true);
            await order.Log.Append(Topic, [Told("1", "유별난동 1"), Told("2", "유별난동 2")], default);
            await order.Log.Erase(["2"], default);
            events = await order.Log.Newest(Topic, 10, default);
        }

        using var cluster = new MockCluster();
        await using var again = Opened(cluster, "order", seals: true);
        await using var store = Opened(cluster, "store", seals: true);
        await Eventually.Holds(async () => Assert.Single(await store.Secrets("1")));
        await store.Log.Append(Topic, events, default);

        await store.Reads(Topic, "1: 유별난동 1", "2: erased");
    }

    private SealingService Opened(MockCluster cluster, string name, bool seals) => new(
        new KafkaOptions { BootstrapServers = cluster.BootstrapServers, CreateTopics = false, SealTexts = seals }, Path.Combine(_folder.Path, $"{name}.db"));
}

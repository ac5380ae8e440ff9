using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Tests.Ports.Logs;
using FoodDelivery.Tests.Support.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>SQLite and Apache Kafka 0.9.</summary>
[NeedsOutside("java", "npm", MockCluster.Library)]
public sealed class OldKafkaDeliveryTests : SqliteDeliverySuite, IClassFixture<OldKafka>
{
    public OldKafkaDeliveryTests(OldKafka kafka, ITestOutputHelper output)
        : base(output)
    {
        Settings["Kafka:BootstrapServers"] = kafka.BootstrapServers;
        Settings["Kafka:CreateTopics"] = "false";
        Settings["Kafka:Prefix"] = $"{Guid.NewGuid():n}.";
        foreach (var (name, value) in OldKafka.Settings)
            Settings[$"Kafka:Client:{name}"] = value;
    }

    protected override void AddLog(IServiceCollection services) => services.AddKafkaLog();
}

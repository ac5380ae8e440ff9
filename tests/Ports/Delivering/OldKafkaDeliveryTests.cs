using FoodDelivery.Kernel;
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

    [SuiteFact]
    public async Task An_event_that_comes_before_what_it_follows_waits_for_it()
    {
        var tries = 0;
        Meet = (_, _) => Interlocked.Increment(ref tries) <= 12 ? throw new PredecessorMissingException("not yet") : Task.CompletedTask;
        var sender = await Sender();
        var receiver = await Receiver();

        await SendAll(sender, keys: 1, each: 3);

        await HasArrived(receiver, keys: 1, each: 3);
        Assert.Equal(0, await receiver.DeadLetters.Count(default));
    }

    [SuiteFact]
    public async Task An_event_whose_predecessor_never_comes_is_parked_at_last()
    {
        Settings["Messaging:PredecessorPatience"] = "00:00:00.200";
        Meet = (_, happened) => happened.OrderId == 1 ? throw new PredecessorMissingException("for ever") : Task.CompletedTask;
        var sender = await Sender();
        var receiver = await Receiver();

        await SendAll(sender, keys: 2, each: 1);

        await HasParked(receiver, (1, 1));
    }

    protected override void AddLog(IServiceCollection services) => services.AddKafkaLog();
}

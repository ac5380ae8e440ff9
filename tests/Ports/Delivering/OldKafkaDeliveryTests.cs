using System.Collections.Concurrent;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Kafka;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Ports.Logs;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Kafka;
using Google.Protobuf;
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
    public Task An_event_that_comes_before_what_it_follows_waits_for_it() => IsWaitedFor(static () => new PredecessorMissingException("not yet"));

    [SuiteFact]
    public Task An_event_whose_predecessor_never_comes_is_parked_at_last() =>
        IsParkedAtLast("Messaging:PredecessorPatience", static () => new PredecessorMissingException("for ever"));

    [SuiteFact]
    public async Task Sealed_texts_arrive_and_an_event_whose_texts_are_damaged_is_parked_alone()
    {
        Settings["Kafka:SealTexts"] = "true";
        var addresses = new ConcurrentQueue<string>();
        Meet = (_, happened) =>
        {
            addresses.Enqueue(happened.Address);
            return Task.CompletedTask;
        };
        var sender = await Sender();
        var receiver = await Receiver();
        await sender.Tell(new OrderStatusChanged { OrderId = 7, Version = 1, Address = "유별난동 1" });
        await Eventually.Holds(() =>
        {
            Assert.Equal(["유별난동 1"], addresses);
            return Task.CompletedTask;
        });
        var moved = CloudEvent.Parser.ParseFrom(Assert.Single(await sender.Log.Newest(Process.Topic, 10, default)).Value.Span);
        moved.Id = "another";
        await sender.Log.Append(Process.Topic, [new LogRecord("8", moved.ToByteArray())], default);

        await SendAll(sender, keys: 2, each: 2);

        await Eventually.Holds(async () => Assert.Equal(1, await receiver.DeadLetters.Count(default)));
        var letter = Assert.Single(await receiver.DeadLetters.List(10, after: 0, default));
        Assert.Equal(("8", "unreadable"), (letter.Key, letter.EventType));
        await Eventually.Holds(async () => Assert.Equal(new long[] { 1, 2 }, (await receiver.Effects())[1]));
        Assert.Equal(0, (await receiver.DeadLetters.Replay(Consumer, "8", default)).Value.Handled);

        // Its text is overwritten like every other's: then it can be handled.
        await receiver.Services.GetRequiredService<MessageErasure>().Erase(["8"], default);
        Assert.Equal(new(1, 0), (await receiver.DeadLetters.Replay(Consumer, "8", default)).Value);
        Assert.Contains("erased", addresses);
    }

    protected override void AddLog(IServiceCollection services) => services.AddKafkaLog();
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Value = FoodDelivery.Protos.CloudEvents.V1.CloudEvent.Types.CloudEventAttributeValue;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>One record that cannot be decoded, mapped or stored is that record's trouble alone.</summary>
public abstract partial class DeliverySuite
{
    // A CloudEvent of a time in the year 10000, which is none of .NET's.
    protected const string OutOfTime =
        "0a017012052f746573741a03312e302224666f6f6464656c69766572792e6f72646572696e672e76312e4f72646572506c616365642a130a0474696d65120b3a09088083d1ffaf07"
        + "1000423c0a38747970652e676f6f676c65617069732e636f6d2f666f6f6464656c69766572792e6f72646572696e672e76312e4f72646572506c616365641200";

    [SuiteFact]
    public async Task An_event_that_decodes_badly_is_parked_once_and_holds_up_nobody_else()
    {
        var sender = await Sender();
        var receiver = await Receiver();
        await sender.Log.Append(Process.Topic, [new LogRecord("poison", Convert.FromHexString(OutOfTime))], default);

        await SendAll(sender, keys: 2, each: 2);

        await HasArrived(receiver, keys: 2, each: 2);
        var letter = Assert.Single(await receiver.DeadLetters.List(10, after: 0, default));
        Assert.Equal((Consumer, "poison", "unreadable"), (letter.Consumer, letter.Key, letter.EventType));
    }

    [SuiteFact]
    public async Task What_no_database_keeps_is_parked_escaped_and_can_be_replayed()
    {
        var sender = await Sender();
        var receiver = await Receiver();
        Meet = static (received, _) => received.Id == "nul-in-error" ? throw new InvalidOperationException("\0 \ud800") : Task.CompletedTask;
        var noise = Convert.ToHexString(RandomNumberGenerator.GetBytes(20_000));
        await sender.Log.Append(
            Process.Topic,
            [
                new LogRecord("a\0b", Event("nul-in-key")), new LogRecord(noise, Event("long-key")), new LogRecord("nul", Event("nul\0in-id")),
                new LogRecord("long", Event(noise)), new LogRecord("what", Event("nul-in-error")),
            ],
            default);

        await SendAll(sender, keys: 2, each: 2);

        await Eventually.Holds(async () => Assert.Equal(5, await receiver.DeadLetters.Count(default)));
        await HasArrived(receiver, keys: 2, each: 2);
        var letters = await receiver.DeadLetters.List(10, after: 0, default);
        Assert.Contains(letters, static letter => letter.Key == "a\\u0000b");
        Assert.Contains(letters, static letter => letter.Error == "InvalidOperationException: \\u0000 \\ud800");
        Assert.Equal(new(1, 0), (await receiver.DeadLetters.Replay(Consumer, "a\0b", default)).Value);
        Assert.Equal(new long[] { 1 }, (await receiver.Effects())[9]);
    }

    [SuiteFact]
    public async Task A_rebuild_ends_beside_events_that_cannot_be_read_or_handled()
    {
        var sender = await Sender();
        var receiver = await Receiver();
        await sender.Log.Append(Process.Topic, [new LogRecord("poison", Convert.FromHexString(OutOfTime)), new LogRecord("a\0b", new byte[] { 1 })], default);
        await SendAll(sender, keys: 2, each: 3);
        await HasArrived(receiver, keys: 2, each: 3);
        var seen = new ConcurrentQueue<(long, long)>();
        var handlers = new EventHandlers().On<OrderStatusChanged>((_, happened, _, _) =>
        {
            if (happened is { OrderId: 2, Version: 2 })
                throw new InvalidOperationException("no mapping");

            seen.Enqueue((happened.OrderId, happened.Version));
            return Task.CompletedTask;
        });

        using var patience = new CancellationTokenSource(Eventually.Patience);
        await ActivatorUtilities.CreateInstance<TopicReplay>(receiver.Services).Run(Process.Topic, "rebuilding", handlers, patience.Token);

        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 1), (2, 3)], seen.Distinct().Order());
    }

    private static byte[] Event(string id) => new CloudEvent
    {
        Id = id,
        Type = OrderStatusChanged.Descriptor.FullName,
        ProtoData = Any.Pack(new OrderStatusChanged { OrderId = 9, Version = 1 }),
        Attributes = { ["correlationid"] = new Value { CeString = "9" } },
    }.ToByteArray();
}

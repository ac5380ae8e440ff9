using System.Diagnostics;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Delivering;

public abstract partial class DeliverySuite
{
    [SuiteFact]
    public async Task Each_change_has_its_effect_once_and_each_keys_in_order()
    {
        var sender = await Sender();
        var receiver = await Receiver();

        await SendAll(sender, keys: 20, each: 20);

        await HasArrived(receiver, keys: 20, each: 20);
    }

    [SuiteFact]
    public async Task What_was_sent_while_the_receiver_was_away_arrives_when_it_is_back()
    {
        var sender = await Sender();
        await using (var before = await Receiver())
        {
            await SendAll(sender, keys: 3, each: 2);
            await HasArrived(before, keys: 3, each: 2);
        }

        await SendAll(sender, keys: 3, each: 4, from: 2);

        await HasArrived(await Receiver(), keys: 3, each: 4);
    }

    [SuiteFact]
    public async Task A_log_that_is_away_delays_events_and_loses_none()
    {
        var failures = 0;
        var sender = await Sender(new Faults { Stumbles = step => step == Step.BeforeAppend && Interlocked.Increment(ref failures) <= 8 });
        var receiver = await Receiver();

        await SendAll(sender, keys: 3, each: 5);

        await HasArrived(receiver, keys: 3, each: 5);
        Assert.True(failures > 8);
    }

    [SuiteFact]
    public async Task A_sender_that_stops_empties_its_outbox_first()
    {
        var sender = await Sender();
        await SendAll(sender, keys: 10, each: 10);
        await sender.DisposeAsync();

        await HasArrived(await Receiver(), keys: 10, each: 10);
    }

    [SuiteFact]
    public async Task Two_relays_and_two_consumers_at_once_deliver_once_and_in_order()
    {
        var senders = new[] { await Sender(), await Sender() };
        var receivers = new[] { await Receiver(), await Receiver() };

        await Task.WhenAll(Enumerable.Range(1, 20).Select(async key =>
        {
            for (var number = 1; number <= 15; number++)
            {
                // One key's changes come from both processes by turns.
                await senders[(key + number) % 2].Send(key, number);
            }
        }));

        await HasArrived(receivers[0], keys: 20, each: 15);
    }

    [SuiteFact]
    public async Task An_event_that_is_in_the_log_twice_has_one_effect()
    {
        var appends = 0;
        var sender = await Sender(new Faults { Stumbles = step => step == Step.AfterAppend && Interlocked.Increment(ref appends) <= 3 });
        var receiver = await Receiver();

        await SendAll(sender, keys: 5, each: 4);
        await Eventually.Holds(() =>
        {
            Assert.True(appends > 3, "The relay has not appended again yet.");
            return Task.CompletedTask;
        });

        await HasArrived(receiver, keys: 5, each: 4);
    }

    [SuiteFact]
    public async Task An_event_carries_its_cause_its_order_and_its_trace()
    {
        var met = new TaskCompletionSource<(ReceivedEvent Received, string? Trace)>();
        Meet = (received, _) =>
        {
            met.TrySetResult((received, Activity.Current?.TraceId.ToString()));
            return Task.CompletedTask;
        };
        var sender = await Sender();
        await Receiver();

        string trace;
        using (var activity = new Activity("placing").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            trace = activity.TraceId.ToString();
            await sender.Send(7, 1);
        }

        var (received, seen) = await met.Task.WaitAsync(Eventually.Patience);
        Assert.Equal(("7", "command-7-1", "fooddelivery.ordering.v1.OrderStatusChanged"), (received.Correlation, received.Causation, received.Type));
        Assert.Equal((received.Id, Consumer), (received.MessageContext.Id, received.MessageContext.Consumer));
        Assert.Equal(trace, seen);
        Assert.InRange(received.Time, DateTimeOffset.UnixEpoch.AddYears(50), TimeProvider.System.GetUtcNow());
    }

    [SuiteFact]
    public async Task A_consumer_has_caught_up_when_it_has_read_what_there_was()
    {
        var sender = await Sender();
        await SendAll(sender, keys: 5, each: 5);
        await sender.DisposeAsync();
        var gate = new TaskCompletionSource();
        Meet = (_, _) => gate.Task;

        var receiver = await Receiver();
        var caughtUp = receiver.Services.GetRequiredService<ConsumerProgress>().CaughtUp(Consumer);
        Assert.False(caughtUp.IsCompleted);
        gate.SetResult();

        await caughtUp.WaitAsync(Eventually.Patience);
        Assert.Equal(25, (await receiver.Effects()).Values.Sum(static numbers => numbers.Length));
    }

    protected static Task SendAll(Process sender, int keys, int each, int from = 0) => Task.WhenAll(Enumerable.Range(1, keys).Select(async key =>
    {
        for (var number = from + 1; number <= each; number++)
            await sender.Send(key, number);
    }));

    protected static async Task HasArrived(Process receiver, int keys, int each)
    {
        await Eventually.Holds(async () => Assert.Equal(keys * each, (await receiver.Effects()).Values.Sum(static numbers => numbers.Length)));
        // What is still under way would be a duplicate: it must have been dropped by now, not just be late.
        await Eventually.Holds(async () => Assert.Equal(0, await receiver.Log.Lag(Process.Topic, Consumer, default)));
        var effects = await receiver.Effects();
        Assert.Equal(keys, effects.Count);
        Assert.All(effects.Values, numbers => Assert.Equal(Enumerable.Range(1, each).Select(static number => (long)number), numbers));
    }
}

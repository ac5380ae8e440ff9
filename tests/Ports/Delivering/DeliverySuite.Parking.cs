using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Ports.Delivering;

public abstract partial class DeliverySuite
{
    [SuiteFact]
    public async Task Poison_parks_its_key_alone_and_a_replay_goes_in_order()
    {
        var heals = false;
        Meet = (_, happened) => happened is { OrderId: 2, Version: 3 } && !heals ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        var sender = await Sender();
        var receiver = await Receiver();

        await SendAll(sender, keys: 4, each: 6);

        await HasParked(receiver, (2, 3), (2, 4), (2, 5), (2, 6));
        await Eventually.Holds(async () => Assert.Equal(20, (await receiver.Effects()).Values.Sum(static numbers => numbers.Length)));
        var letters = await receiver.DeadLetters.List(10, after: 0, default);
        Assert.Equal("InvalidOperationException: poison", letters[0].Error);
        Assert.All(letters.Skip(1), letter => Assert.Equal($"behind {letters[0].EventId}", letter.Error));

        heals = true;
        Assert.Equal(new(4, 0), (await receiver.DeadLetters.Replay(Consumer, "2", default)).Value);
        await SendAll(sender, keys: 4, each: 7, from: 6);

        await HasArrived(receiver, keys: 4, each: 7);
    }

    [SuiteFact]
    public async Task A_replay_stops_at_the_first_event_that_fails_again()
    {
        var poison = 2;
        Meet = (_, happened) => happened.Version == Volatile.Read(ref poison) ? throw new InvalidOperationException($"poison {poison}") : Task.CompletedTask;
        var sender = await Sender();
        var receiver = await Receiver();
        await SendAll(sender, keys: 1, each: 5);
        await HasParked(receiver, (1, 2), (1, 3), (1, 4), (1, 5));

        Volatile.Write(ref poison, 4);
        Assert.Equal(new(2, 2), (await receiver.DeadLetters.Replay(Consumer, key: null, default)).Value);

        Assert.Equal(new long[] { 1, 2, 3 }, (await receiver.Effects())[1]);
        Assert.Equal("InvalidOperationException: poison 4", (await receiver.DeadLetters.List(1, after: 0, default))[0].Error);
    }

    [SuiteFact]
    public async Task A_replay_and_new_events_of_the_key_neither_overtake_nor_lose_one_another()
    {
        var heals = false;
        Meet = async (_, happened) =>
        {
            await Task.Yield();
            if (happened.Version == 1 && !heals)
                throw new InvalidOperationException("poison");
        };
        var sender = await Sender();
        var receiver = await Receiver();
        await SendAll(sender, keys: 3, each: 1);
        await HasParked(receiver, (1, 1), (2, 1), (3, 1));
        heals = true;

        var sending = SendAll(sender, keys: 3, each: 60, from: 1);
        while (!sending.IsCompleted || await receiver.DeadLetters.Count(default) > 0 || await receiver.Log.Lag(Process.Topic, Consumer, default) > 0)
            Assert.False((await receiver.DeadLetters.Replay(Consumer, key: null, default)).IsError(out _));

        await sending;
        await HasArrived(receiver, keys: 3, each: 60);
        Assert.Equal(0, await receiver.DeadLetters.Count(default));
    }

    [SuiteFact]
    public Task An_outage_is_not_the_events_fault() => IsWaitedFor(static () => new TimeoutException("the neighbour is down"));

    [SuiteFact]
    public Task An_outage_without_end_parks_the_event_at_last() => IsParkedAtLast("Messaging:OutagePatience", static () => new TimeoutException("for ever"));

    [SuiteFact]
    public async Task A_database_that_is_down_parks_nothing_and_skips_nothing()
    {
        var failures = 0;
        var sender = await Sender();
        var receiver = await Receiver(new Faults
        {
            Stumbles = step => step is Step.BeforeEffect or Step.BeforeParking && Interlocked.Increment(ref failures) <= 40,
        });

        await SendAll(sender, keys: 1, each: 4);

        // The first event is parked when the database is back, or handled, as its tries fall; in both cases the order holds.
        await Eventually.Holds(async () => Assert.Equal(0, await receiver.Log.Lag(Process.Topic, Consumer, default)));
        await receiver.DeadLetters.Replay(Consumer, "1", default);
        await HasArrived(receiver, keys: 1, each: 4);
        Assert.True(failures > 40);
    }

    [SuiteFact]
    public async Task What_is_no_event_is_parked_and_holds_up_nobody_else()
    {
        var sender = await Sender();
        var receiver = await Receiver();
        await sender.Log.Append(Process.Topic, [new LogRecord("9", new byte[] { 1, 2, 3 })], default);

        await SendAll(sender, keys: 2, each: 2);

        await HasArrived(receiver, keys: 2, each: 2);
        Assert.Equal(("9", "unreadable"), (await receiver.DeadLetters.List(10, after: 0, default)) is [var only] ? (only.Key, only.EventType) : default);
    }

    [SuiteFact]
    public async Task A_replay_of_an_unknown_consumer_is_refused()
    {
        var receiver = await Receiver();

        Assert.True((await receiver.DeadLetters.Replay("nobody", "1", default)).IsError(out var rejection));
        Assert.Equal(ErrorKind.NotFound, rejection.Kind);
    }

    [SuiteFact]
    public async Task A_setting_out_of_range_prevents_the_start_and_is_named()
    {
        Settings["Messaging:MaxAttempts"] = "0";

        var error = await Assert.ThrowsAnyAsync<Exception>(() => Receiver());

        Assert.Contains("Messaging:MaxAttempts", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What fails so more often than an event's own tries is tried on, and nothing is parked.</summary>
    protected async Task IsWaitedFor(Func<Exception> failure)
    {
        var tries = 0;
        Meet = (_, _) => Interlocked.Increment(ref tries) <= 12 ? throw failure() : Task.CompletedTask;
        var sender = await Sender();
        var receiver = await Receiver();

        await SendAll(sender, keys: 1, each: 3);

        await HasArrived(receiver, keys: 1, each: 3);
        Assert.Equal(0, await receiver.DeadLetters.Count(default));
    }

    /// <summary>What fails so without end is parked once the patience that the setting says is over.</summary>
    protected async Task IsParkedAtLast(string patience, Func<Exception> failure)
    {
        Settings[patience] = "00:00:00.200";
        Meet = (_, happened) => happened.OrderId == 1 ? throw failure() : Task.CompletedTask;
        var sender = await Sender();
        var receiver = await Receiver();

        await SendAll(sender, keys: 2, each: 1);

        await HasParked(receiver, (1, 1));
    }

    protected static Task HasParked(Process receiver, params (long Key, long Number)[] expected) => Eventually.Holds(async () =>
    {
        var letters = await receiver.DeadLetters.List(1000, after: 0, default);
        Assert.Equal(expected.Select(static one => one.Key.ToString()).Order(StringComparer.Ordinal), letters.Select(static letter => letter.Key).Order(StringComparer.Ordinal));
    });
}

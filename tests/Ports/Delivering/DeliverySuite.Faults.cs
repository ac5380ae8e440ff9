using Xunit.Abstractions;

namespace FoodDelivery.Tests.Ports.Delivering;

public abstract partial class DeliverySuite
{
    /// <summary>Where a test prints its seed.</summary>
    protected abstract ITestOutputHelper Output { get; }

    [SuiteTheory]
    [InlineData(Step.AfterChange)]
    [InlineData(Step.BeforeAppend)]
    [InlineData(Step.AfterAppend)]
    [InlineData(Step.BeforeClearing)]
    [InlineData(Step.AfterClearing)]
    public async Task A_sender_may_die_at_any_step(Step step)
    {
        // So few at once that there are rounds enough to die in.
        Settings["Messaging:RelayBatch"] = "4";
        var times = 0;
        var dying = await Sender(new Faults { Dies = reached => reached == step && Interlocked.Increment(ref times) == 3 });
        var receiver = await Receiver();

        var sending = Task.WhenAll(Enumerable.Range(1, 5).Select(async key =>
        {
            for (var number = 1; number <= 5; number++)
                await Task.WhenAny(dying.Send(key, number), dying.Faults.Death.Task);
        }));
        await dying.Faults.Death.Task.WaitAsync(Support.Eventually.Patience);
        await sending;
        await dying.DisposeAsync();
        var next = await Sender();

        // Those that were not acknowledged are asked for again, as a caller would.
        for (var number = 1; number <= 5; number++)
        {
            foreach (var key in Enumerable.Range(1, 5))
                await Record.ExceptionAsync(() => next.Send(key, number));
        }

        await HasArrived(receiver, keys: 5, each: 5);
    }

    [SuiteTheory]
    [InlineData(Step.BeforeEffect)]
    [InlineData(Step.AfterEffect)]
    [InlineData(Step.BeforeAdvance)]
    [InlineData(Step.AfterAdvance)]
    public async Task A_receiver_may_die_at_any_step(Step step)
    {
        var sender = await Sender();
        var times = 0;
        var dying = await Receiver(new Faults { Dies = reached => reached == step && Interlocked.Increment(ref times) == 2 });
        for (var number = 1; number <= 5; number++)
        {
            await SendAll(sender, keys: 5, each: number, from: number - 1);
            // Apart, so that there are several batches.
            await Task.Delay(20);
        }

        await dying.Faults.Death.Task.WaitAsync(Support.Eventually.Patience);
        await dying.DisposeAsync();

        await HasArrived(await Receiver(), keys: 5, each: 5);
    }

    [SuiteTheory]
    [InlineData(Step.BeforeParking)]
    [InlineData(Step.AfterParking)]
    public async Task A_receiver_may_die_while_it_parks(Step step)
    {
        var heals = false;
        Meet = (_, happened) => happened is { OrderId: 2, Version: 2 } && !heals ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        var times = 0;
        var sender = await Sender();
        var dying = await Receiver(new Faults { Dies = reached => reached == step && Interlocked.Increment(ref times) == 2 });
        await SendAll(sender, keys: 3, each: 5);
        await dying.Faults.Death.Task.WaitAsync(Support.Eventually.Patience);
        await dying.DisposeAsync();

        var receiver = await Receiver();
        await HasParked(receiver, (2, 2), (2, 3), (2, 4), (2, 5));
        heals = true;
        Assert.Equal(new(4, 0), (await receiver.DeadLetters.Replay(Consumer, "2", default)).Value);

        await HasArrived(receiver, keys: 3, each: 5);
    }

    [SuiteFact]
    public async Task Stumbling_and_restarting_at_random_neither_loses_nor_repeats_nor_reorders()
    {
        var seed = Random.Shared.Next();
        Output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var stumbling = true;
        Settings["Messaging:MaxAttempts"] = "100";
        Faults New() => new() { Stumbles = step => stumbling && step is not (Step.BeforeChange or Step.AfterChange) && Chance(random, 0.1) };
        var sender = await Sender(New());
        var receiver = await Receiver(New());

        for (var round = 1; round <= 8; round++)
        {
            await SendAll(sender, keys: 15, each: round * 4, from: (round * 4) - 4);
            if (Chance(random, 0.5))
            {
                await sender.DisposeAsync();
                sender = await Sender(New());
            }

            if (Chance(random, 0.5))
            {
                await receiver.DisposeAsync();
                receiver = await Receiver(New());
            }
        }

        stumbling = false;
        await HasArrived(receiver, keys: 15, each: 32);
    }

    private static bool Chance(Random random, double chance)
    {
        lock (random)
        {
            return random.NextDouble() < chance;
        }
    }
}

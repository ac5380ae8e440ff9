using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>Groups: where they are, and who of them reads.</summary>
public abstract partial class EventLogSuite
{
    [SuiteFact]
    public async Task Groups_read_each_for_itself_and_from_the_beginning()
    {
        var log = await Opened();
        await using var first = new Reading(log, Topic, "first");
        await Append(log, "a:1", "a:2");
        await first.HasSeen("a:1", "a:2");

        await using var second = new Reading(log, Topic, "second");

        await second.HasSeen("a:1", "a:2");
        await first.HasSeen("a:1", "a:2");
    }

    [SuiteFact]
    public async Task A_group_goes_on_where_it_was()
    {
        var log = await Opened();
        await Append(log, "a:1");
        await using (var before = new Reading(log, Topic, "group"))
        {
            await before.HasSeen("a:1");
            await Eventually.Holds(async () => Assert.Equal(0, await log.Lag(Topic, "group", default)));
        }

        await Append(log, "a:2");
        await Closed(log);
        var again = await Opened();
        await using var after = new Reading(again, Topic, "group");

        await after.HasSeen("a:2");
    }

    [SuiteFact]
    public async Task A_rewound_group_reads_everything_again()
    {
        var log = await Opened();
        await Append(log, "a:1", "a:2");
        await using var reading = new Reading(log, Topic, "group");
        await reading.HasSeen("a:1", "a:2");

        await log.Rewind(Topic, "group", default);

        await reading.HasSeen("a:1", "a:2", "a:1", "a:2");
    }

    [SuiteFact]
    public async Task A_rewind_in_the_middle_of_a_batch_is_not_forgotten()
    {
        var log = await Opened();
        var handling = new SemaphoreSlim(0);
        var goOn = new SemaphoreSlim(0);
        await Append(log, "a:1");
        await using var reading = new Reading(log, Topic, "group", async (_, cancellation) =>
        {
            handling.Release();
            await goOn.WaitAsync(cancellation);
        });
        await handling.WaitAsync();
        await log.Rewind(Topic, "group", default);
        goOn.Release(2);

        await reading.HasSeen("a:1", "a:1");
    }

    [SuiteFact]
    public async Task Lag_counts_what_a_group_has_not_finished()
    {
        var log = await Opened();
        await Append(log, "a:1", "b:1", "a:2");
        Assert.Equal(3, await log.Lag(Topic, "group", default));

        await using (var reading = new Reading(log, Topic, "group"))
        {
            await Eventually.Holds(async () => Assert.Equal(0, await log.Lag(Topic, "group", default)));
        }

        await Append(log, "a:3");
        Assert.Equal(1, await log.Lag(Topic, "group", default));
        Assert.Equal(4, await log.Lag(Topic, "other", default));
    }

    [SuiteFact]
    public Task Two_members_of_a_group_are_not_given_the_same_and_one_goes_on_alone() => Settled(Topic, async topic =>
    {
        var here = await Opened();
        var there = await Opened();
        await using var first = new Reading(here, topic, "group");
        await using var second = new Reading(there, topic, "group");
        for (var number = 0; number < 20; number++)
            await here.Append(topic, [Record($"a:{number}")], default);

        await Eventually.Holds(() => Equal(Numbers(0, 20), first.Seen.Concat(second.Seen)));
        await Eventually.Holds(async () => Assert.Equal(0, await here.Lag(topic, "group", default)));
        await (first.Seen.IsEmpty ? second : first).DisposeAsync();
        await here.Append(topic, [Record("a:20")], default);

        await Eventually.Holds(() => Equal(Numbers(0, 21), first.Seen.Concat(second.Seen)));
    });
}

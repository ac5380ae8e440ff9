using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Logs;

public sealed class SqliteEventLogTests : EventLogSuite, IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly JumpingClock _clock = new();
    private TimeSpan _lease = TimeSpan.FromSeconds(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_member_reads_and_the_other_stands_by()
    {
        var log = await Opened();
        await using var first = new Reading(log, Topic, "group");
        await Append(log, "a:0");
        await first.HasSeen("a:0");

        await using var second = new Reading(log, Topic, "group");
        for (var number = 1; number < 10; number++)
            await Append(log, $"a:{number}");

        await first.HasSeen(Numbers(0, 10));
        Assert.Empty(second.Seen);
    }

    [Fact]
    public async Task A_member_that_died_without_a_word_is_replaced_and_what_it_had_is_given_again()
    {
        var dying = (SqliteEventLog)await OpenAnother();
        var stuck = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var first = new Reading(dying, Topic, "group", async (_, _) =>
        {
            stuck.TrySetResult();
            await goOn.Task;
        });
        await Append(dying, "a:1");
        await stuck.Task;
        await dying.DisposeAsync();

        await using var second = new Reading(await Opened(), Topic, "group");

        await second.HasSeen("a:1");
        goOn.SetResult();
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_handler_may_take_longer_than_the_lease()
    {
        // Long enough for a busy machine to renew it in time.
        _lease = TimeSpan.FromSeconds(4);
        var log = await Opened();
        await using var first = new Reading(log, Topic, "group", (_, cancellation) => Task.Delay(_lease * 1.5, cancellation));
        await Append(log, "a:1");
        await Eventually.Holds(async () => Assert.Equal(1, await log.Lag(Topic, "group", default)));
        await using var second = new Reading(await Opened(), Topic, "group");

        await first.HasSeen("a:1");

        Assert.Empty(second.Seen);
    }

    [Fact]
    public async Task A_member_that_died_while_the_clock_was_ahead_is_replaced_once_the_clock_is_right()
    {
        _clock.Ahead = TimeSpan.FromHours(1);
        var dying = (SqliteEventLog)await OpenAnother();
        var first = new Reading(dying, Topic, "group");
        await Append(dying, "a:1");
        await first.HasSeen("a:1");
        await dying.DisposeAsync();
        _clock.Ahead = TimeSpan.Zero;

        var log = await Opened();
        await using var second = new Reading(log, Topic, "group");
        await Append(log, "a:2");

        await Eventually.Holds(() =>
        {
            Assert.Contains("a:2", second.Seen);
            return Task.CompletedTask;
        });
        await first.DisposeAsync();
    }

    protected override async Task<IEventLog> OpenAnother()
    {
        var log = new SqliteEventLog(
            Path.Combine(_folder.Path, "log.db"),
            new EmbeddedLogOptions { Lease = _lease },
            new SqliteOptions(),
            _clock,
            NullLoggerFactory.Instance);
        await log.Opened;
        return log;
    }

    protected override async Task Close(IEventLog log) => await ((SqliteEventLog)log).DisposeAsync();
}

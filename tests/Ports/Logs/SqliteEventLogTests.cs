using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Logs;

public sealed class SqliteEventLogTests : EventLogSuite, IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly JumpingClock _clock = new();
    private TimeSpan _lease = TimeSpan.FromSeconds(1);

    public void Dispose() => _folder.Dispose();

    private static LogRecord Told(string order, string address) => new(
        order,
        new CloudEvent { Id = "an id", Type = OrderPlaced.Descriptor.FullName, ProtoData = Any.Pack(new OrderPlaced { Address = address, TotalWon = 18_000 }) }.ToByteArray());

    private static LogRecord Told(string key, DateTimeOffset at) => new(
        key,
        new CloudEvent
        {
            Id = "an id",
            Type = OrderPlaced.Descriptor.FullName,
            ProtoData = Any.Pack(new OrderPlaced()),
            Attributes = { ["time"] = new CloudEvent.Types.CloudEventAttributeValue { CeTimestamp = Timestamp.FromDateTimeOffset(at) } },
        }.ToByteArray());

    private SqliteEventLog Pruning(int alwaysKept = 0) => new(
        Path.Combine(_folder.Path, "pruned.db"),
        new EmbeddedLogOptions { KeepRecords = TimeSpan.FromDays(7), PruneInterval = TimeSpan.FromMilliseconds(50), AlwaysKept = alwaysKept },
        new SqliteOptions(),
        TimeProvider.System,
        NullLoggerFactory.Instance);

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
    public async Task What_people_wrote_is_erased_where_it_is_and_everything_else_stays()
    {
        var log = await Opened();
        await log.Append(Topic, [Told("1", "서울시 유별난동 1"), Told("2", "부산시 2"), new LogRecord("1", new byte[] { 0xff, 0xfe })], default);
        Assert.NotEmpty(await _folder.FilesWith("유별난동"));

        Assert.True(await log.Erase(["1", "3"], default));

        await Eventually.Holds(async () => Assert.Empty(await _folder.FilesWith("유별난동")));
        Assert.NotEmpty(await _folder.FilesWith("부산시 2"));
        var seen = new List<LogRecord>();
        var all = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var reading = log.Consume(
            Topic,
            "group",
            (records, _) =>
            {
                seen.AddRange(records);
                if (seen.Count == 3)
                    all.SetResult();
                return Task.CompletedTask;
            },
            stop.Token);
        await all.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.Equal(["1", "2", "1"], seen.Select(static record => record.Key));
        var erased = CloudEvent.Parser.ParseFrom(seen[0].Value.Span);
        var placed = erased.ProtoData.Unpack<OrderPlaced>();
        Assert.Equal(("an id", "erased", "", 18_000), (erased.Id, placed.Address, placed.MembershipNumber, placed.TotalWon));
        Assert.Equal([0xff, 0xfe], seen[2].Value.ToArray());
    }

    [Fact]
    public async Task What_is_old_is_let_go_behind_every_group_but_not_menus_nor_the_newest()
    {
        await using var log = Pruning();
        var now = TimeProvider.System.GetUtcNow();
        await log.Append(
            Topic, [Told("1", now.AddDays(-9)), Told("store-1", now.AddDays(-9)), Told("2", now.AddDays(-8)), Told("3", now.AddDays(-6)), Told("4", now.AddDays(-9)), Told("5", now)], default);
        using var stop = new CancellationTokenSource();
        var slow = log.Consume(Topic, "slow", static (_, assignment) => Task.Delay(Timeout.Infinite, assignment.Ended), stop.Token);
        await using (var fast = new Reading(log, Topic, "fast"))
            await Eventually.Holds(async () => Assert.Equal(0, await log.Lag(Topic, "fast", default)));

        // Nobody lets go what one group has not read.
        await Task.Delay(500);
        Assert.Equal(6, (await log.Newest(Topic, 10, default)).Count);
        await stop.CancelAsync();
        await slow.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await using var read = new Reading(log, Topic, "slow");

        await Eventually.Holds(async () => Assert.Equal(
            ["3", "4", "5", "store-1"], (await log.Newest(Topic, 10, default)).Select(static record => record.Key).Order(StringComparer.Ordinal)));
        Assert.Equal(4, await log.Lag(Topic, "nobody", default));
        Assert.True(log.Size > 0);
    }

    [Fact]
    public async Task No_topic_is_shortened_beyond_what_stays_of_another()
    {
        await using var log = Pruning();
        var now = TimeProvider.System.GetUtcNow();
        await log.Append(Topic, [Told("1", now.AddDays(-30)), Told("2", now.AddDays(-20)), Told("3", now)], default);
        await log.Append("held", [Told("1", now.AddDays(-40))], default);
        await using (var first = new Reading(log, "held", "group"))
            await Eventually.Holds(async () => Assert.Equal(0, await log.Lag("held", "group", default)));
        await log.Append("held", [Told("2", now.AddDays(-25)), Told("3", now)], default);
        await using var reading = new Reading(log, Topic, "group");

        await Eventually.Holds(async () => Assert.Equal(2, (await log.Newest(Topic, 10, default)).Count));
        await Task.Delay(300);
        Assert.Equal(["2", "3"], (await log.Newest(Topic, 10, default)).Select(static record => record.Key).Order(StringComparer.Ordinal));

        await using var rest = new Reading(log, "held", "group");
        await Eventually.Holds(async () => Assert.Equal("3", Assert.Single(await log.Newest(Topic, 10, default)).Key));
    }

    [Fact]
    public async Task The_newest_records_stay_however_old_they_are()
    {
        await using var log = Pruning(alwaysKept: 2);
        var old = TimeProvider.System.GetUtcNow().AddDays(-30);
        await log.Append(Topic, [Told("1", old), Told("2", old), Told("3", old)], default);
        await using var reading = new Reading(log, Topic, "group");

        await Eventually.Holds(async () => Assert.Equal(["2", "3"], (await log.Newest(Topic, 10, default)).Select(static record => record.Key).Order(StringComparer.Ordinal)));
        await Task.Delay(300);
        Assert.Equal(2, (await log.Newest(Topic, 10, default)).Count);
    }

    [Fact]
    public async Task A_rebuild_that_reads_holds_what_it_has_not_read_and_one_that_is_over_holds_nothing()
    {
        await using var log = Pruning(alwaysKept: 1);
        var old = TimeProvider.System.GetUtcNow().AddDays(-30);
        await log.Append(Topic, [Told("1", old), Told("2", old), Told("3", old)], default);
        await log.Rewind(Topic, "rebuild", default);
        using var stop = new CancellationTokenSource();
        var rebuilding = log.Consume(Topic, "rebuild", static (_, assignment) => Task.Delay(Timeout.Infinite, assignment.Ended), stop.Token);
        await using var reading = new Reading(log, Topic, "group");
        await Eventually.Holds(async () => Assert.Equal(0, await log.Lag(Topic, "group", default)));
        await Task.Delay(500);
        Assert.Equal(3, (await log.Newest(Topic, 10, default)).Count);

        await stop.CancelAsync();
        await rebuilding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        await Eventually.Holds(async () => Assert.Equal(["3"], (await log.Newest(Topic, 10, default)).Select(static record => record.Key)));
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

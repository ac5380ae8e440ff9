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

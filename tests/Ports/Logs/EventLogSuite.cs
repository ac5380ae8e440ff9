using System.Text;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>What every adapter of <see cref="IEventLog"/> does.</summary>
public abstract partial class EventLogSuite : IAsyncLifetime
{
    private readonly List<IEventLog> _opened = [];

    /// <summary>A topic of this test alone.</summary>
    protected string Topic { get; } = $"ports.{Guid.NewGuid():n}";

    /// <summary>Opens the same log once more, as another process would.</summary>
    protected abstract Task<IEventLog> OpenAnother();

    protected abstract Task Close(IEventLog log);

    /// <summary>Runs a test that counts what the members of a group are given.</summary>
    protected virtual Task Settled(string topic, Func<string, Task> test) => test(topic);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var log in _opened.ToList())
            await Closed(log);
    }

    [SuiteFact]
    public async Task Records_are_read_in_the_order_of_their_key()
    {
        var log = await Opened();
        await Append(log, "a:1", "a:2");
        await using var reading = new Reading(log, Topic, "group");
        await Append(log, "a:3");

        await reading.HasSeen("a:1", "a:2", "a:3");
    }

    [SuiteFact]
    public async Task Topics_are_apart()
    {
        var log = await Opened();
        await log.Append(Topic + ".other", [Record("x:1")], default);
        await Append(log, "a:1");
        await using var reading = new Reading(log, Topic, "group");

        await reading.HasSeen("a:1");
    }

    [SuiteFact]
    public async Task What_could_not_be_handled_is_given_again()
    {
        var log = await Opened();
        var failures = 0;
        await using var reading = new Reading(
            log, Topic, "group", (records, _) => records.Contains("a:2") && failures++ < 2 ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        await Append(log, "a:1");
        await Append(log, "a:2");

        await Eventually.Holds(() => Equal(1, reading.Seen.Count(static text => text == "a:2")));
        Assert.Equal(3, failures);
        await Eventually.Holds(async () => Assert.Equal(0, await log.Lag(Topic, "group", default)));
    }

    [SuiteFact]
    public async Task The_newest_records_can_be_looked_at_and_no_group_moves_on()
    {
        var log = await Opened();
        Assert.Empty(await log.Newest(Topic, 3, default));
        await Append(log, [.. Enumerable.Range(1, 100).Select(static number => $"a:{number}")]);
        await log.Append(Topic + ".other", [Record("x:1")], default);

        var newest = await log.Newest(Topic, 3, default);

        Assert.Equal(["a:100", "a:98", "a:99"], newest.Select(static record => $"{record.Key}:{Encoding.UTF8.GetString(record.Value.Span)}").Order(StringComparer.Ordinal));
        Assert.Equal(100, (await log.Newest(Topic, 1_000, default)).Count);
        Assert.Equal(100, await log.Lag(Topic, "group", default));
    }

    [SuiteFact]
    public async Task An_append_of_another_process_is_noticed()
    {
        var here = await Opened();
        var there = await Opened();
        await using var reading = new Reading(here, Topic, "group");
        await Append(here, "a:1");
        await reading.HasSeen("a:1");

        await Append(there, "a:2");

        await reading.HasSeen("a:1", "a:2");
    }

    [SuiteFact]
    public async Task Appends_of_two_processes_at_once_are_all_read_and_each_key_in_order()
    {
        const int Writers = 6;
        const int Each = 60;
        var logs = new[] { await Opened(), await Opened() };
        await using var reading = new Reading(await Opened(), Topic, "group");

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var number = 0; number < Each; number += 2)
                await Append(logs[writer % 2], $"{writer}:{number}", $"{writer}:{number + 1}");
        }));

        await Eventually.Holds(() => Equal(Writers * Each, reading.Seen.Count));
        Assert.All(
            reading.Seen.GroupBy(static text => text.Split(':')[0]),
            static key => Assert.Equal(Enumerable.Range(0, Each), key.Select(static text => int.Parse(text.Split(':')[1]))));
    }

    [SuiteFact]
    public async Task Keys_and_values_pass_unharmed()
    {
        var log = await Opened();
        var value = Enumerable.Range(0, 70_000).Select(static number => (byte)number).ToArray();
        await log.Append(Topic, [new LogRecord("주문 🍕", value)], default);
        var read = new TaskCompletionSource<LogRecord>();
        using var stop = new CancellationTokenSource();
        var reading = log.Consume(Topic, "group", (records, _) => Task.FromResult(read.TrySetResult(records[0])), stop.Token);

        var record = await read.Task.WaitAsync(Eventually.Patience);

        Assert.Equal("주문 🍕", record.Key);
        Assert.Equal(value, record.Value.ToArray());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    protected async Task<IEventLog> Opened()
    {
        var log = await OpenAnother();
        _opened.Add(log);
        return log;
    }

    protected Task Append(IEventLog log, params string[] records) => log.Append(Topic, [.. records.Select(Record)], default);

    protected static string[] Numbers(int first, int count) => [.. Enumerable.Range(first, count).Select(static number => $"a:{number}")];

    protected static Task Equal<T>(T expected, T actual)
    {
        Assert.Equal(expected, actual);
        return Task.CompletedTask;
    }

    protected static Task Equal(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        return Task.CompletedTask;
    }

    private static LogRecord Record(string text) => new(text.Split(':')[0], Encoding.UTF8.GetBytes(text.Split(':')[1]));

    private async Task Closed(IEventLog log)
    {
        _opened.Remove(log);
        await Close(log);
    }
}

using System.Diagnostics;
using Dapper;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>SQLite and the embedded log.</summary>
public sealed class EmbeddedDeliveryTests(ITestOutputHelper output) : SqliteDeliverySuite(output)
{
    private readonly List<HandedLog> _handed = [];
    private bool _byHand;

    [Fact]
    public async Task What_another_replica_has_parked_is_seen_by_who_reads_the_key_next_and_soon_by_who_has_lost_it_unnoticed()
    {
        var poison = false;
        Meet = (_, _) => poison ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        await SendAll(await Sender(), keys: 1, each: 4);
        _byHand = true;
        var (replica, _) = (await Receiver(), await Receiver());
        var (one, other) = (_handed[0], _handed[1]);
        var records = await one.First(Process.Topic, 4);
        PartitionAssignment before = new(default), meanwhile = new(default), after = new(default);
        await one.Hand(records[0], before);

        poison = true;
        await other.Hand(records[1], meanwhile);
        poison = false;
        await one.Hand(records[2], after);
        await HasParked(replica, (1, 2), (1, 3));

        await Task.Delay(TimeSpan.FromSeconds(1.1));
        await one.Hand(records[3], before);
        await HasParked(replica, (1, 2), (1, 3), (1, 4));
        Assert.Equal(new long[] { 1 }, (await replica.Effects())[1]);
    }

    [Fact]
    public async Task What_comes_while_the_relay_lingers_goes_to_the_log_together()
    {
        var appends = 0;
        var sender = await Sender(new Faults { Stumbles = step => step == Step.BeforeAppend && Interlocked.Increment(ref appends) < 0 });
        var watch = Stopwatch.StartNew();
        for (var number = 1; number <= 100; number++)
            Assert.Equal(WriteResult.Done, await sender.Send(1, number));

        await Eventually.Holds(async () => Assert.Equal(0, await sender.Database.Read(
            static connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox"), default)));
        Assert.InRange(appends, 1, (int)(watch.ElapsedMilliseconds / 9) + 2);
    }

    [Fact]
    public async Task A_record_that_was_written_by_hand_as_another_type_is_parked_and_holds_up_nobody_else()
    {
        var sender = await Sender();
        var receiver = await Receiver();
        await sender.Log.Lag(Process.Topic, "nobody", default);
        await using (var file = new SqliteConnection($"Data Source={Path.Combine(Folder, "log.db")};Pooling=false"))
        {
            await file.ExecuteAsync(
                $"insert into records (topic, key, value) values (@Topic, 'poison', x'{OutOfTime}'), (@Topic, x'610062', 'text'), (@Topic, 'number', 7)",
                new { Process.Topic });
        }

        await SendAll(sender, keys: 2, each: 2);

        await HasArrived(receiver, keys: 2, each: 2);
        Assert.Equal(["a\\u0000b", "number", "poison"], (await receiver.DeadLetters.List(10, after: 0, default)).Select(static letter => letter.Key).Order(StringComparer.Ordinal));
    }

    // Each process opens the log for itself, as separate processes do.
    protected override void AddLog(IServiceCollection services) => services.AddSingleton<IEventLog>(provider =>
    {
        var log = new SqliteEventLog(
            Path.Combine(Folder, "log.db"),
            new EmbeddedLogOptions { Lease = TimeSpan.FromSeconds(1), BatchSize = 8 },
            new SqliteOptions(),
            TimeProvider.System,
            provider.GetRequiredService<ILoggerFactory>());
        if (!_byHand)
            return log;

        _handed.Add(new HandedLog(log));
        return _handed[^1];
    });
}

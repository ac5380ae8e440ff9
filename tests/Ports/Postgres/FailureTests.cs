using System.Data.Common;
using Dapper;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Support.Postgres;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>What a caller sees of a server's failures: nothing where a repetition does no harm, and never a lie.</summary>
public sealed class FailureTests : WiredTests
{
    [PostgresFact]
    public async Task Writers_that_lock_each_other_out_both_get_their_turn()
    {
        await Open();
        await Database.Write(new Batch().Add(Insert, new { Name = "a" }).Add(Insert, new { Name = "b" }), default);

        // Each holds what the other wants next: the server ends one of them, which can only succeed at another try.
        var results = await Task.WhenAll(Crossing("a", "b"), Crossing("b", "a"));

        Assert.Equal([WriteResult.Done, WriteResult.Done], results);
        Assert.Equal([3L, 3L], await Balances());
    }

    [PostgresFact]
    public async Task Connections_that_the_server_has_ended_are_replaced_unnoticed()
    {
        await Open();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => Database.Write(new Batch().Add(Insert, new { Name = $"n{number}" }), default)));
        await Place.Ask<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", "ports");

        await Task.WhenAll(Enumerable.Range(30, 30).Select(number => Database.Write(new Batch().Add(Insert, new { Name = $"n{number}" }), default)));

        Assert.Equal(60, (await Balances()).Count);
    }

    [PostgresFact]
    public async Task An_event_whose_commit_was_not_acknowledged_is_written_once_and_known_as_written()
    {
        await Open();
        var told = 0;
        Wire.Lose(answers: 1);

        var result = await Database.Write(
            new Batch().Once(Event).Add(Insert, new { Name = "a" }).OnCommitted(() => told++), default);

        Assert.Equal(WriteResult.Duplicate, result);
        Assert.Equal([1L], await Balances());
        Assert.Equal(1, told);
    }

    [PostgresFact]
    public async Task A_command_whose_commit_was_not_acknowledged_fails_and_is_not_repeated()
    {
        await Open();
        await Database.Write(new Batch().Add(Insert, new { Name = "a" }), default);
        Wire.Lose(answers: 1);

        var failure = await Assert.ThrowsAnyAsync<DbException>(() => Database.Write(new Batch().Require(Deposit, new { Name = "a" }), default));

        Assert.True(failure.IsTransient);
        Assert.Equal([2L], await Balances());
    }

    [PostgresFact]
    public async Task A_query_whose_answer_is_lost_is_asked_again()
    {
        await Open();
        await Database.Write(new Batch().Add(Insert, new { Name = "a" }), default);
        Wire.Lose(answers: 2);

        Assert.Equal([1L], await Balances());
    }

    [PostgresFact]
    public async Task Nobody_tries_for_ever()
    {
        await Open();
        Wire.Lose(answers: int.MaxValue);

        await Assert.ThrowsAnyAsync<DbException>(Balances);
    }

    [PostgresFact]
    public async Task A_write_that_waits_is_cancelled_and_leaves_nothing()
    {
        await Open();
        await Database.Write(new Batch().Add(Insert, new { Name = "a" }), default);
        await using var holder = new Npgsql.NpgsqlConnection(Place.ConnectionString("ports"));
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync(Deposit, new { Name = "a" });
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Database.Write(
            new Batch().Add(Insert, new { Name = "b" }).Require(Deposit, new { Name = "a" }), cancelled.Token));
        await transaction.RollbackAsync();

        Assert.Equal([1L], await Balances());
    }

    [PostgresFact]
    public async Task A_batch_is_one_round_trip_however_many_rows_it_requires()
    {
        await Open();
        await Database.Write(new Batch().Add(Insert, new { Name = "a" }), default);
        var before = Wire.Answers;

        await Database.Write(new Batch().Require(Deposit, new { Name = "a" }).Require(Deposit, new { Name = "a" }).Add(Deposit, new { Name = "a" }), default);

        Assert.Equal(1, Wire.Answers - before);
        Assert.Equal([4L], await Balances());
    }

    /// <summary>As after a failover to a replica that is not promoted yet; sessions that began meanwhile would go on refusing.</summary>
    [PostgresFact]
    public async Task A_server_that_only_reads_for_a_while_is_an_outage_that_passes()
    {
        await Open();
        Assert.True(await Database.IsWritable(default));
        await Only("set default_transaction_read_only = on");

        var away = await Assert.ThrowsAnyAsync<DbException>(() => Database.Write(new Batch().Add(Insert, new { Name = "a" }), default));
        Assert.True(away.IsTransient, away.Message);
        Assert.False(await Database.IsWritable(default));
        Assert.Empty(await Balances());

        await Place.Ask<long>($"alter database \"{Name}\" reset default_transaction_read_only");
        Assert.True(await Database.IsWritable(default));
        Assert.Equal(WriteResult.Done, await Database.Write(new Batch().Add(Insert, new { Name = "a" }), default));
    }

    /// <summary>As on a full disk (53100), and the like: queries succeed.</summary>
    [PostgresFact]
    public async Task A_server_that_takes_no_writes_for_a_while_is_not_ready_though_it_answers()
    {
        await Open();
        foreach (var code in new[] { "53100", "53400", "57P04", "58030" })
        {
            await Place.Ask<long>(
                $"""
                create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no space left on device' using errcode = '{code}'; end $$;
                create trigger refuse before insert or update on accounts for each row execute function refuse();
                create trigger refuse before insert or update on migrations for each row execute function refuse();
                """,
                "ports");

            var away = await Assert.ThrowsAnyAsync<DbException>(() => Database.Write(new Batch().Add(Insert, new { Name = "a" }), default));
            Assert.True(away.IsTransient, away.Message);
            Assert.Empty(await Balances());
            Assert.False(await Database.IsWritable(default));

            await Place.Ask<long>("drop function refuse() cascade", "ports");
            Assert.True(await Database.IsWritable(default));
        }
    }

    private string Name => new Npgsql.NpgsqlConnectionStringBuilder(Place.ConnectionString("ports")).Database!;

    private async Task Only(string setting)
    {
        await Place.Ask<long>($"alter database \"{Name}\" {setting}");
        await Place.Ask<long>($"select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{Name}'");
    }

    private static MessageContext Event => MessageContext.Event("event-1", "consumer");

    private Task<WriteResult> Crossing(string first, string then) => Database.Write(
        new Batch().Require(Deposit, new { Name = first }).Add("select pg_sleep(0.5)").Require(Deposit, new { Name = then }), default);

    private Task<IReadOnlyList<long>> Balances() => Database.Read<IReadOnlyList<long>>(
        static async connection => [.. await connection.QueryAsync<long>("select balance from accounts where name <> 'till' order by name")], default);
}

using Dapper;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Tests.Support.Postgres;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>Writes that wait at the same time share a commit, and queries a round trip; what becomes of each is its own affair.</summary>
public sealed class GroupTests : WiredTests
{
    private const int Many = 40;

    protected override PostgresOptions Options => new() { Writers = 1, Readers = 1 };

    [PostgresFact]
    public async Task Writes_that_wait_together_take_few_round_trips()
    {
        await Open();
        await Database.Write(Named("first"), default);
        var before = Wire.Answers;

        var results = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Database.Write(Named($"n{number}"), default)));

        Assert.All(results, static result => Assert.Equal(WriteResult.Done, result));
        Assert.InRange(Wire.Answers - before, 1, Many / 2);
        Assert.Equal(Many + 1, await Count());
    }

    [PostgresFact]
    public async Task Queries_that_wait_together_take_few_round_trips()
    {
        await Open();
        await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Database.Write(Named($"n{number}"), default)));
        await Asked("n0");
        var before = Wire.Answers;

        var names = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Asked($"n{number}")));

        Assert.Equal(Enumerable.Range(0, Many).Select(static number => $"n{number}"), names);
        Assert.InRange(Wire.Answers - before, 1, Many / 2);
    }

    [PostgresFact]
    public async Task A_query_that_fails_fails_alone()
    {
        await Open();
        await Database.Write(Named("known"), default);

        var good = Enumerable.Range(0, Many).Select(_ => Asked("known")).ToList();
        var wrong = Database.Query<string>("select name from nowhere where name = @Name", new { Name = "known" }, default);
        good.AddRange(Enumerable.Range(0, Many).Select(_ => Asked("known")));

        Assert.All(await Task.WhenAll(good), static name => Assert.Equal("known", name));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => wrong);
    }

    [PostgresFact]
    public async Task Each_of_a_group_stands_or_falls_alone()
    {
        await Open();
        await Database.Write(Named("known").Once(MessageContext.Event("event-1", "consumer")), default);
        var told = 0;

        var good = Enumerable.Range(0, Many).Select(number => Database.Write(Named($"n{number}").OnCommitted(() => Interlocked.Increment(ref told)), default)).ToList();
        var stale = Database.Write(Named("of the stale").Require(Deposit, new { Name = "nobody" }).OnCommitted(() => Interlocked.Increment(ref told)), default);
        var repeated = Database.Write(new Batch().Once(MessageContext.Event("event-1", "consumer")).Add(Insert, new { Name = "of the repeated" }), default);
        var wrong = Database.Write(Named("known"), default);
        var row = Database.WriteOne<long>("update accounts set balance = 7 where name = @Name returning balance", new { Name = "known" }, default);

        Assert.All(await Task.WhenAll(good), static result => Assert.Equal(WriteResult.Done, result));
        Assert.Equal(WriteResult.Stale, await stale);
        Assert.Equal(WriteResult.Duplicate, await repeated);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => wrong);
        Assert.Equal(7, await row);
        Assert.Equal(Many, told);
        Assert.Equal(Many + 1, await Count());
    }

    [PostgresFact]
    public async Task Rows_come_back_to_those_who_asked_for_them()
    {
        await Open();

        var names = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => number % 2 == 0
            ? Database.WriteOne<string>("insert into accounts (name, balance, version) values (@Name, 1, 1) returning name", new { Name = $"n{number}" }, default)
            : Selected($"n{number}")));

        Assert.Equal(Enumerable.Range(0, Many).Select(static number => $"n{number}"), names);

        async Task<string?> Selected(string name)
        {
            await Database.Write(new Batch().Add("select 'somebody else'").Add(Insert, new { Name = name }), default);
            return name;
        }
    }

    [PostgresFact]
    public async Task Nobody_waits_for_a_row_that_another_of_the_group_wants()
    {
        await Open();
        await Database.Write(Named("held"), default);
        await using var holder = new Npgsql.NpgsqlConnection(Place.ConnectionString("ports"));
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync(Deposit, new { Name = "held" });

        var free = Enumerable.Range(0, Many / 2).Select(number => Database.Write(Named($"a{number}"), default)).ToList();
        var held = Database.Write(new Batch().Require(Deposit, new { Name = "held" }), default);
        free.AddRange(Enumerable.Range(0, Many / 2).Select(number => Database.Write(Named($"b{number}"), default)));
        await Task.WhenAll(free).WaitAsync(TimeSpan.FromSeconds(8));

        Assert.False(held.IsCompleted);
        await transaction.CommitAsync();
        Assert.Equal(WriteResult.Done, await held);
    }

    private async Task<string> Asked(string name) =>
        Assert.Single(await Database.Query<string>("select name from accounts where name = @Name", new { Name = name }, default));

    private static Batch Named(string name) => new Batch().Add(Insert, new { Name = name });

    private Task<long> Count() => Database.Read(
        static connection => connection.ExecuteScalarAsync<long>("select count(*) from accounts where name <> 'till'"), default);
}

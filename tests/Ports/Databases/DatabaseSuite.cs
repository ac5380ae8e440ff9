using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Tests.Ports.Databases;

/// <summary>What every adapter of <see cref="IDatabase"/> does. The tables are those of this folder's migrations.</summary>
public abstract class DatabaseSuite : IAsyncLifetime
{
    private const string Insert = "insert into accounts (name, balance, version) values (@Name, @Balance, 1)";
    private const string Deposit = "update accounts set balance = balance + 1, version = version + 1 where name = @Name and version = @Version";
    private readonly List<IDatabase> _opened = [];

    /// <summary>Opens the test's data once more, as another process would.</summary>
    protected abstract Task<IDatabase> OpenAnother();

    protected abstract Task Close(IDatabase database);

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var database in _opened.ToList())
        {
            await Closed(database);
        }
    }

    [SuiteFact]
    public async Task A_batch_is_written_whole()
    {
        var database = await Opened();

        var result = await database.Write(new Batch().Add(Insert, Account("a", 1)).Add(Insert, Account("b", 2)), default);

        Assert.Equal(WriteResult.Done, result);
        Assert.Equal([("a", 1L), ("b", 2L)], await Accounts(database));
    }

    [SuiteFact]
    public async Task A_batch_whose_last_statement_fails_leaves_nothing()
    {
        var database = await Opened();
        await database.Write(new Batch().Add(Insert, Account("taken", 7)), default);

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
            () => database.Write(new Batch().Add(Insert, Account("a", 1)).Add(Insert, Account("taken", 2)), default));

        Assert.Equal([("taken", 7L)], await Accounts(database));
    }

    [SuiteTheory]
    [InlineData(WriteResult.Stale)]
    [InlineData(WriteResult.Duplicate)]
    public async Task A_batch_that_misses_a_required_row_leaves_nothing_and_says_why(WriteResult otherwise)
    {
        var database = await Opened();
        var woken = false;

        var result = await database.Write(
            new Batch().Add(Insert, Account("a", 1)).Require(Deposit, new { Name = "nobody", Version = 1 }, otherwise).OnCommitted(() => woken = true), default);

        Assert.Equal(otherwise, result);
        Assert.False(woken);
        Assert.Empty(await Accounts(database));
    }

    [SuiteFact]
    public async Task An_insert_that_does_nothing_is_a_missed_row()
    {
        var database = await Opened();
        var once = Insert + " on conflict (name) do nothing";
        await database.Write(new Batch().Require(once, Account("a", 1)), default);

        Assert.Equal(WriteResult.Duplicate, await database.Write(new Batch().Require(once, Account("a", 2), WriteResult.Duplicate), default));
        Assert.Equal([("a", 1L)], await Accounts(database));
    }

    [SuiteFact]
    public async Task Who_waits_for_a_commit_is_told_when_it_is_visible()
    {
        var database = await Opened();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var writing = database.Write(new Batch().Add(Insert, Account("a", 1)).OnCommitted(told.SetResult), default);
        await told.Task;

        Assert.Equal([("a", 1L)], await Accounts(database));
        await writing;
    }

    [SuiteFact]
    public async Task Batches_at_once_stand_and_fall_alone()
    {
        var database = await Opened();
        await database.Write(new Batch().Add(Insert, Account("taken", 0)), default);

        var writes = Enumerable.Range(1, 300).Select(async number =>
        {
            var batch = new Batch().Add(Insert, Account($"n{number}", number));
            try
            {
                return await database.Write(
                    (number % 3) switch
                    {
                        0 => batch.Add(Insert, Account("taken", number)),
                        1 => batch.Require(Deposit, new { Name = "nobody", Version = 1 }),
                        _ => batch,
                    },
                    default);
            }
            catch (System.Data.Common.DbException)
            {
                return (WriteResult?)null;
            }
        });
        var results = await Task.WhenAll(writes);

        Assert.Equal([(null, 100), (WriteResult.Stale, 100), (WriteResult.Done, 100)], results.GroupBy(static result => result).Select(static group => (group.Key, group.Count())).OrderBy(static pair => pair.Key is null ? 0 : pair.Key == WriteResult.Stale ? 1 : 2));
        Assert.All(await Accounts(database), static account => Assert.True(account.Name == "taken" || account.Balance % 3 == 2));
        Assert.Equal(101, (await Accounts(database)).Count);
    }

    [SuiteFact]
    public async Task Writers_of_two_processes_lose_no_update()
    {
        var databases = new[] { await Opened(), await Opened() };
        await databases[0].Write(new Batch().Add(Insert, Account("shared", 0)), default);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            var database = databases[writer % 2];
            for (var done = 0; done < 15;)
            {
                var version = await database.Read(static c => c.ExecuteScalarAsync<long>("select version from accounts where name = 'shared'"), default);
                var result = await database.Write(new Batch().Require(Deposit, new { Name = "shared", Version = version }), default);
                done += result == WriteResult.Done ? 1 : 0;
            }
        }));

        Assert.Equal([("shared", 120L)], await Accounts(databases[1]));
    }

    [SuiteFact]
    public async Task What_was_acknowledged_is_there_after_opening_again()
    {
        var database = await Opened();
        await database.Write(new Batch().Add(Insert, Account("a", 1)), default);
        await Closed(database);

        Assert.Equal([("a", 1L)], await Accounts(await Opened()));
    }

    [SuiteFact]
    public async Task Closing_completes_what_was_asked_for()
    {
        var database = await Opened();
        var writes = Enumerable.Range(0, 500).Select(number => database.Write(new Batch().Add(Insert, Account($"n{number}", 1)), default)).ToList();

        await Closed(database);

        var done = 0;
        foreach (var write in writes)
        {
            done += await Record.ExceptionAsync(() => write) is null ? 1 : 0;
        }

        Assert.Equal(500, done);
        Assert.Equal(done, (await Accounts(await Opened())).Count);
    }

    [SuiteFact]
    public async Task A_row_is_returned_by_the_statement_that_writes_it()
    {
        var database = await Opened();

        var first = await database.WriteOne<long>("insert into entries (account, note) values ('till', @Note) returning id", new { Note = "하나" }, default);
        var second = await database.WriteOne<Entry>("insert into entries (account, note) values ('till', @Note) returning id, note", new { Note = (string?)null }, default);
        var none = await database.WriteOne<Entry>("update entries set note = 'x' where id = @Id returning id, note", new { Id = 99 }, default);

        Assert.True(second!.Id > first);
        Assert.Null(second.Note);
        Assert.Null(none);
        Assert.Equal("하나", await database.Read(c => c.ExecuteScalarAsync<string>("select note from entries where id = @Id", new { Id = first }), default));
    }

    [SuiteFact]
    public async Task A_single_value_comes_in_the_type_that_is_asked_for()
    {
        var database = await Opened();
        const string Sql = "insert into entries (account, note) values ('till', @Note) returning ";

        Assert.Equal("하나", await database.WriteOne<string>(Sql + "note", new { Note = "하나" }, default));
        Assert.Equal(2, await database.WriteOne<int>(Sql + "id", new { Note = "x" }, default));
        Assert.Equal(3, await database.WriteOne<long?>(Sql + "id", new { Note = "x" }, default));
        Assert.Null(await database.WriteOne<string>(Sql + "note", new { Note = (string?)null }, default));
        Assert.Null(await database.WriteOne<long?>("update entries set note = 'y' where id = @Id returning id", new { Id = 99 }, default));
    }

    [SuiteFact]
    public async Task A_write_cancelled_beforehand_writes_nothing()
    {
        var database = await Opened();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.Write(new Batch().Add(Insert, Account("a", 1)), cancelled.Token));

        Assert.Empty(await Accounts(database));
    }

    [SuiteFact]
    public async Task A_statement_without_its_value_says_which()
    {
        var database = await Opened();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => database.Write(new Batch().Add(Insert, new { Name = "a" }), default));

        Assert.Contains("Balance", error.Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task Whoever_opens_at_the_same_time_migrates_once()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(Opened)));

        foreach (var database in databases)
        {
            Assert.Equal(1, await database.Read(static c => c.ExecuteScalarAsync<long>("select count(*) from accounts where name = 'till'"), default));
            Assert.Equal(
                ["accounts", "entries"],
                await database.Read(static c => c.QueryAsync<string>("select name from migrations where owner = 'ports' order by number"), default));
        }
    }

    protected async Task<IDatabase> Opened()
    {
        var database = await OpenAnother();
        lock (_opened)
        {
            _opened.Add(database);
        }

        return database;
    }

    protected static async Task<IReadOnlyList<(string Name, long Balance)>> Accounts(IDatabase database) => await database.Read(
        static async connection => (await connection.QueryAsync<(string, long)>(
            "select name, balance from accounts where name <> 'till' order by name")).AsList(),
        default);

    private static object Account(string name, long balance) => new { Name = name, Balance = balance };

    private async Task Closed(IDatabase database)
    {
        _opened.Remove(database);
        await Close(database);
    }

    private sealed record Entry(long Id, string? Note);
}

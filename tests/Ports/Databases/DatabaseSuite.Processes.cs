using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Tests.Ports.Databases;

/// <summary>Several processes, and one after another.</summary>
public abstract partial class DatabaseSuite
{
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
            done += await Record.ExceptionAsync(() => write) is null ? 1 : 0;

        Assert.Equal(500, done);
        Assert.Equal(done, (await Accounts(await Opened())).Count);
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
}

using Dapper;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>
/// Sequence numbers are given out before the commits, so that with several writers a lower one may become visible after a higher one. Not so
/// within one key: whoever changes an aggregate has read the version before, which was committed with its events, and asks for numbers after that.
/// </summary>
public sealed class CommitOrderTests : IAsyncLifetime
{
    private const int Keys = 4;
    private const int Changes = 30;
    private readonly List<PostgresDatabase> _databases = [];
    private PostgresPlace? _place;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var database in _databases)
            await database.DisposeAsync();
        if (_place is not null)
            await _place.DisposeAsync();
    }

    [PostgresFact]
    public async Task A_relay_sees_each_keys_events_in_the_order_of_its_versions_whoever_writes_them()
    {
        _place = await PostgresPlace.Make();
        var (first, second) = (await Open(), await Open());
        for (var key = 0; key < Keys; key++)
            await first.Write(new Batch().Add("insert into accounts (name, balance, version) values (@Key, 0, 0)", new { Key = $"k{key}" }), default);

        var writing = Task.WhenAll(Enumerable.Range(0, Keys * 4).Select(writer => Change(writer % 2 == 0 ? first : second, $"k{writer / 4}")));
        var relayed = new List<(string Key, long Version)>();
        while (relayed.Count < Keys * Changes)
        {
            if (writing.IsFaulted)
                await writing;
            relayed.AddRange(await Relay(first));
        }

        await writing;
        foreach (var key in relayed.GroupBy(static row => row.Key, static row => row.Version))
            Assert.Equal(Enumerable.Range(1, Changes).Select(static version => (long)version), key);
        Assert.Empty(await Relay(second));
    }

    // As a repository does: reads a version, decides, and saves under it with its event; from the beginning if it was not the latest any more.
    private static async Task Change(PostgresDatabase database, string key)
    {
        while (true)
        {
            var version = await database.Read(c => c.ExecuteScalarAsync<long>("select version from accounts where name = @key", new { key }), default);
            if (version == Changes)
                return;
            await database.Write(
                new Batch()
                    .Require("update accounts set version = version + 1 where name = @Key and version = @Version", new { Key = key, Version = version })
                    .Add("insert into outbox (topic, key, value) values ('t', @Key, @Value)", new { Key = key, Value = BitConverter.GetBytes(version + 1) }),
                default);
        }
    }

    // As the relay does: the oldest that can be seen, and then these rows and no other are deleted.
    private static async Task<IReadOnlyList<(string Key, long Version)>> Relay(PostgresDatabase database)
    {
        var rows = await database.Read(
            static async c => (await c.QueryAsync<(long Sequence, string Key, byte[] Value)>("select sequence, key, value from outbox order by sequence limit 5")).AsList(),
            default);
        var batch = new Batch();
        foreach (var row in rows)
            batch.Add("delete from outbox where sequence = @Sequence", new { row.Sequence });
        await database.Write(batch, default);
        return [.. rows.Select(static row => (row.Key, BitConverter.ToInt64(row.Value)))];
    }

    private async Task<PostgresDatabase> Open()
    {
        var database = new PostgresDatabase(
            _place!.ConnectionString("ports"),
            new PostgresOptions(),
            [MessagingServices.Migrations, new MigrationSource("ports", typeof(CommitOrderTests).Assembly, "Databases.Migrations")],
            TimeProvider.System,
            NullLogger<PostgresDatabase>.Instance);
        _databases.Add(database);
        await database.Opened;
        return database;
    }
}

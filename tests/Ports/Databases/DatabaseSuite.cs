using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Tests.Ports.Databases;

/// <summary>What every adapter of <see cref="IDatabase"/> does. The tables are those of this folder's migrations.</summary>
public abstract partial class DatabaseSuite : IAsyncLifetime
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
            await Closed(database);
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

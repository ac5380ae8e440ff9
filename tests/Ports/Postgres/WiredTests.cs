using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>Tests of the adapter itself, with a wire to the server that can lose its answers.</summary>
public abstract class WiredTests : IAsyncLifetime, IDisposable
{
    protected const string Insert = "insert into accounts (name, balance, version) values (@Name, 1, 1)";
    protected const string Deposit = "update accounts set balance = balance + 1 where name = @Name";
    private PostgresPlace? _place;
    private PostgresDatabase? _database;
    private LossyWire? _wire;

    protected PostgresDatabase Database => _database!;

    protected PostgresPlace Place => _place!;

    private protected LossyWire Wire => _wire!;

    protected virtual PostgresOptions Options => new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        if (_place is not null)
            await _place.DisposeAsync();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _database?.Dispose();
        _wire?.Dispose();
    }

    protected async Task Open()
    {
        _place = await PostgresPlace.Make();
        _wire = new LossyWire(_place.Port);
        _database = new PostgresDatabase(
            _place.ConnectionString("ports", _wire.Port),
            Options,
            [MessagingServices.Migrations, new MigrationSource("ports", typeof(WiredTests).Assembly, "Databases.Migrations")],
            TimeProvider.System,
            NullLogger<PostgresDatabase>.Instance);
        await _database.Opened;
    }
}

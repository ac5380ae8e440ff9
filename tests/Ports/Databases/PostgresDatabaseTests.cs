using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Databases;

[NeedsPostgres]
public sealed class PostgresDatabaseTests : DatabaseSuite
{
    private PostgresPlace? _place;

    private PostgresPlace Place => _place ?? throw new InvalidOperationException("The test has not begun.");

    public override async Task InitializeAsync() => _place = await PostgresPlace.Make();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Place.DisposeAsync();
    }

    protected override async Task<IDatabase> OpenAnother()
    {
        var database = new PostgresDatabase(
            Place.ConnectionString("ports"),
            new PostgresOptions(),
            [new MigrationSource("ports", typeof(PostgresDatabaseTests).Assembly, "Databases.Migrations")],
            TimeProvider.System,
            NullLogger<PostgresDatabase>.Instance);
        await database.Opened;
        return database;
    }

    protected override async Task Close(IDatabase database) => await ((PostgresDatabase)database).DisposeAsync();
}

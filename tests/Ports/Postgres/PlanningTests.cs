using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>What the server's planner is told, so that plans that are made early are still right when there is much.</summary>
public sealed class PlanningTests
{
    [PostgresFact]
    public async Task A_table_that_a_migration_has_filled_is_counted_at_once_and_an_empty_one_is_left_to_grow()
    {
        await using var place = await PostgresPlace.Make();
        await using var database = new PostgresDatabase(
            place.ConnectionString("ports"),
            new PostgresOptions(),
            [new MigrationSource("ports", typeof(PlanningTests).Assembly, "Databases.Migrations")],
            TimeProvider.System,
            NullLogger<PostgresDatabase>.Instance);
        await database.Opened;

        Assert.Equal(1, await Counted("accounts"));
        Assert.Equal(-1, await Counted("entries"));

        async Task<float> Counted(string table) => await place.Ask<float>($"select reltuples from pg_class where relname = '{table}'", "ports");
    }
}

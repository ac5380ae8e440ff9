using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace FoodDelivery.Tests.Ports.Postgres;

/// <summary>Through PgBouncer, which lends the server's sessions by transaction.</summary>
[NeedsOutside(PgBouncer.Program)]
public sealed class PoolerTests
{
    [SuiteFact]
    public async Task Without_prepared_statements_all_works()
    {
        await using var place = await PlaceWithDatabase();
        await using var pooler = await PgBouncer.Start(place.ConnectionString("ports"));
        await using var database = Open($"{place.ConnectionString("ports", pooler.Port)};Max Auto Prepare=0");
        await database.Opened;
        await database.Write(new Batch().Add("create table counts (id bigint primary key, of bigint not null)").Add("insert into counts values (1, 0)"), default);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            Assert.Equal(WriteResult.Done, await database.Write(new Batch().Require("update counts set of = of + @By where id = @Id", new { By = 1L, Id = 1L }), default));
            Assert.Single(await database.Query<long>("select of from counts where id = @Id", new { Id = 1L }, default));
        }));

        Assert.Equal(200, Assert.Single(await database.Query<long>("select of from counts where id = @Id", new { Id = 1L }, default)));
    }

    [SuiteFact]
    public async Task With_prepared_statements_the_start_says_what_to_add_however_often_it_is_tried()
    {
        await using var place = await PlaceWithDatabase();
        await using var pooler = await PgBouncer.Start(place.ConnectionString("ports"));
        for (var time = 0; time < 3; time++)
        {
            await using var database = Open(place.ConnectionString("ports", pooler.Port));

            var refused = await Assert.ThrowsAsync<UnusableStorageException>(() => database.Opened);

            Assert.Contains("add 'Max Auto Prepare=0' to Storage:ConnectionString", refused.Message, StringComparison.Ordinal);
        }

        await using var told = Open($"{place.ConnectionString("ports", pooler.Port)};Max Auto Prepare=0");
        await told.Opened;
    }

    // Through the pooler the server does not tell that a database is missing in a way that one could make it.
    private static async Task<PostgresPlace> PlaceWithDatabase()
    {
        var place = await PostgresPlace.Make();
        await using var directly = Open(place.ConnectionString("ports"));
        await directly.Opened;
        return place;
    }

    private static PostgresDatabase Open(string connectionString) => new(
        connectionString, new PostgresOptions(), [MessagingServices.Migrations], TimeProvider.System, NullLogger<PostgresDatabase>.Instance);
}

using Dapper;
using FoodDelivery.Adapters.Stores.Messaging;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>The menus in a relational database, a row each.</summary>
internal sealed class SqlMenus(IDatabase database, Outbox outbox) : IMenus
{
    private const string Insert =
        """
        insert into menus (store_id, revision, last_dish_id, dishes) values (@StoreId, @Revision, @LastDishId, @Dishes)
        on conflict (store_id) do nothing
        """;

    private const string Update =
        """
        update menus set revision = @Revision, last_dish_id = @LastDishId, dishes = @Dishes
        where store_id = @StoreId and revision = @LoadedRevision
        """;

    public Task<Menu?> Find(StoreId store, CancellationToken cancellation) => database.Read(
        async connection =>
        {
            var row = await connection.QuerySingleOrDefaultAsync<MenuRow>(new CommandDefinition(
                "select revision as Revision, last_dish_id as LastDishId, dishes as Dishes from menus where store_id = @StoreId",
                new { StoreId = store.Value },
                cancellationToken: cancellation));
            return row is null ? null : Menu.Restore(store, JsonColumns.ReadDishes(row.Dishes), row.LastDishId, row.Revision);
        },
        cancellation);

    public async Task Save(Menu menu, MessageContext context, CancellationToken cancellation)
    {
        var dishes = JsonColumns.Write(menu.Dishes);
        var batch = new Batch().Once(context);
        if (menu.LoadedVersion == 0)
        {
            batch.Require(Insert, new { StoreId = menu.Store.Value, Revision = menu.Version, menu.LastDishId, Dishes = dishes });
        }
        else
        {
            batch.Require(
                Update,
                new { StoreId = menu.Store.Value, Revision = menu.Version, LoadedRevision = menu.LoadedVersion, menu.LastDishId, Dishes = dishes });
        }

        outbox.Enqueue(batch, context, menu.Raised.ToPublished());
        (await database.Write(batch, cancellation)).ThrowIfStale($"The menu of store {menu.Store}");
    }

    private sealed class MenuRow
    {
        public long Revision { get; init; }

        public long LastDishId { get; init; }

        public string Dishes { get; init; } = "";
    }
}

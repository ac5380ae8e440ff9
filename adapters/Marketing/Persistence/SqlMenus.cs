using System.Text.Json;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>The replica of the menus in the service's own database.</summary>
internal sealed class SqlMenus(IDatabase database) : IMenus
{
    public async Task Replace(MenuChanged changed, CancellationToken cancellation)
    {
        // No inbox entry: the revision alone makes a repeated or late event harmless.
        var batch = new Batch()
            .Require(
                """
                insert into menus (store_id, revision) values (@Store, @Revision)
                on conflict (store_id) do update set revision = excluded.revision where excluded.revision > menus.revision
                """,
                new { Store = changed.Store.Value, changed.Revision },
                WriteResult.Duplicate)
            .Add("delete from dishes where store_id = @Store", new { Store = changed.Store.Value });
        foreach (var dish in changed.Dishes)
        {
            batch.Add(
                "insert into dishes (store_id, dish_id, names, price, sold_out) values (@Store, @Dish, @Names, @Price, @SoldOut)",
                new
                {
                    Store = changed.Store.Value,
                    Dish = dish.Id.Number,
                    Names = JsonSerializer.Serialize(dish.Names, StoredJson.Readable.IReadOnlyListString),
                    Price = dish.Price.Won,
                    SoldOut = dish.SoldOut ? 1L : 0L,
                });
        }

        await database.Write(batch, cancellation);
    }
}

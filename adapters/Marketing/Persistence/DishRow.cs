using System.Text.Json;
using FoodDelivery.Marketing;

namespace FoodDelivery.Adapters.Marketing.Persistence;

/// <summary>A dish on a menu and how popular it is.</summary>
internal class DishRow
{
    public long StoreId { get; set; }

    public long DishId { get; set; }

    public double Popularity { get; set; }

    public string Names { get; set; } = "[]";

    public long Price { get; set; }

    public long SoldOut { get; set; }

    public DishId Id => new(new StoreId(StoreId), DishId);

    public KnownDish Dish() => new(
        new MenuDish(Id, JsonSerializer.Deserialize(Names, StoredJson.Readable.IReadOnlyListString)!, new Money(Price), SoldOut != 0), Popularity);
}

/// <summary>A dish that goes with another.</summary>
internal sealed class PairRow : DishRow
{
    public long SeedStoreId { get; set; }

    public long SeedDishId { get; set; }

    public double Score { get; set; }

    public DishId Seed => new(new StoreId(SeedStoreId), SeedDishId);
}

using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Persistence;

/// <summary>A menu's dishes as the JSON text that the database keeps.</summary>
internal static class StoredDishes
{
    public static string Write(IReadOnlyList<Dish> dishes) => StoredJson.Write(dishes.Select(static dish =>
        new StoredDish(dish.Id, [.. dish.Names.Select(static name => name.Text)], dish.Price.Won, dish.OpenPriced, dish.SoldOut)));

    public static IReadOnlyList<Dish> Read(string json) => [.. StoredJson.Read<StoredDish[]>(json).Select(static dish =>
        new Dish(dish.Id, [.. dish.Names.Select(DishName.Of)], new Money(dish.Price), dish.OpenPriced, dish.SoldOut))];

    private sealed record StoredDish(long Id, string[] Names, long Price, bool OpenPriced, bool SoldOut);
}

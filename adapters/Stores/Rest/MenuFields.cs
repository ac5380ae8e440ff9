using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>A menu as REST shows it; handed in again as it is, it stays the same.</summary>
internal sealed record MenuFields(long StoreId, long Revision, IReadOnlyList<DishFields> Dishes)
{
    public static HalResource Of(Menu menu) => Hal.Resource(
        new MenuFields(menu.Store.Value, menu.Version, [.. menu.Dishes.Select(DishFields.Of)]), $"/stores/{menu.Store}/menu", "menu");
}

/// <summary>A dish as REST shows it; its name is the first of its names.</summary>
internal sealed record DishFields(long Id, string Name, IReadOnlyList<string> Names, long Price, bool OpenPriced, bool SoldOut)
{
    public static DishFields Of(Dish dish) => new(
        dish.Id, dish.Names[0].Text, [.. dish.Names.Select(static name => name.Text)], dish.Price.Won, dish.OpenPriced, dish.SoldOut);
}

using FoodDelivery.Ordering;
using Proto = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Ordering.Messaging;

/// <summary>Menus as the store publishes them, and as Ordering knows them.</summary>
internal static class MenuMessages
{
    public static Menu ToMenu(Proto.Menu menu) => new(
        new StoreId(menu.StoreId),
        [.. menu.Dishes.Select(static dish => new Dish(dish.DishId, [.. dish.Names], new Money(dish.PriceWon), dish.OpenPriced, dish.SoldOut))],
        menu.Revision);

    public static Proto.Menu From(Menu menu) => new()
    {
        StoreId = menu.Store.Value,
        Revision = menu.Revision,
        Dishes =
        {
            menu.Dishes.Select(static dish => new Proto.Dish
            {
                DishId = dish.Id,
                Names = { dish.Names },
                PriceWon = dish.Price.Won,
                OpenPriced = dish.OpenPriced,
                SoldOut = dish.SoldOut,
            }),
        },
    };
}

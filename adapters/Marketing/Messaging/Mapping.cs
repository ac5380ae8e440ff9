using FoodDelivery.Marketing;
using Ordering = FoodDelivery.Protos.Ordering.V1;
using Store = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Marketing.Messaging;

/// <summary>Others' events in the words of this context.</summary>
internal static class Mapping
{
    public static PlacedOrder ToOrder(this Ordering.OrderPlaced placed)
    {
        var store = new StoreId(placed.StoreId);
        return new PlacedOrder(
            new OrderId(placed.OrderId),
            store,
            placed.CustomerId,
            [.. placed.Lines.Where(static line => line.DishId > 0).Select(line => new DishId(store, line.DishId)).Distinct()],
            placed.PlacedAt.ToDateTimeOffset());
    }

    public static DeliveryStarted ToDelivery(this Ordering.OrderStatusChanged changed) => new(
        new OrderId(changed.OrderId), new StoreId(changed.StoreId), changed.CustomerId, changed.ChangedAt.ToDateTimeOffset());

    public static MenuChanged ToMenu(this Store.MenuChanged changed)
    {
        var store = new StoreId(changed.Menu.StoreId);
        return new MenuChanged(
            store,
            [
                .. changed.Menu.Dishes.Where(static dish => dish.Names.Count > 0).Select(
                    dish => new MenuDish(new DishId(store, dish.DishId), [.. dish.Names], new Money(dish.PriceWon), dish.SoldOut)),
            ],
            changed.Menu.Revision);
    }
}

using FoodDelivery.Kernel;
using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>What most tests start from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly Menu Restaurant = new(
        new StoreId(1),
        [
            new Dish(1, ["chicken", "통닭"], new Money(18_000), OpenPriced: false, SoldOut: false),
            new Dish(2, ["cola"], new Money(2_000), OpenPriced: false, SoldOut: false),
            new Dish(3, ["duck"], new Money(30_000), OpenPriced: false, SoldOut: true),
        ],
        revision: 1);

    public static readonly Menu Pizzeria = new(
        new StoreId(2),
        [
            new Dish(1, ["pizza", "피자"], new Money(20_000), OpenPriced: false, SoldOut: false),
            new Dish(2, ["chicken", "통닭"], new Money(17_000), OpenPriced: false, SoldOut: false),
        ],
        revision: 1);

    public static readonly Menu Cafe = new(
        new StoreId(3),
        [
            new Dish(1, ["IceAmericano"], new Money(3_000), OpenPriced: true, SoldOut: false),
            new Dish(2, ["latte"], new Money(4_000), OpenPriced: true, SoldOut: false, MinPrice: new Money(1_000)),
        ],
        revision: 1);

    public static PlaceOrder AnOrderFor(string item, long quantity = 1, long? price = null, string? key = null) =>
        AnOrderFor([new OrderItem(item, quantity, price)], key);

    public static PlaceOrder AnOrderFor(IReadOnlyList<OrderItem> items, string? key = null) =>
        new(items, Store: null, Customer: "kim", Address: "Seoul", MembershipNumber: "", key is null ? null : new RequestKey("anonymous", key));

    public static OrderAttempt AnAttempt(long id = 1) => new(
        new OrderId(id),
        new AttemptRequest(Key: null, "fingerprint", SomeChicken, Noon));

    public static OrderDetails SomeChicken { get; } =
        new(new StoreId(1), "kim", [new OrderLine("chicken", 2, new Money(18_000), DishId: 1)], "Seoul", "");

    public static Order AnOrder() => Order.Load(AnAttempt().Place(paymentId: 7, Noon).Snapshot);
}

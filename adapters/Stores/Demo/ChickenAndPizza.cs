using FoodDelivery.Stores;
using static FoodDelivery.Adapters.Stores.Demo.DemoStore;

namespace FoodDelivery.Adapters.Stores.Demo;

/// <summary>Store 2: chicken and pizza, delivered.</summary>
internal static class ChickenAndPizza
{
    public static DemoStore Store => new(
        new Store(new StoreId(2), "바삭치킨앤피자 (Basak Chicken & Pizza)", StoreKind.Restaurant, CancellationRule.UntilDeliveryStarted),
        [
            Dish(18_000, "통닭", "chicken", "치킨"),
            Dish(20_000, "피자", "pizza"),
            Dish(19_000, "후라이드치킨", "fried chicken"),
            Dish(20_000, "양념치킨", "yangnyeom chicken", "seasoned chicken"),
            Dish(20_000, "간장치킨", "soy chicken", "soy garlic chicken"),
            Dish(20_000, "반반치킨", "half and half chicken"),
            Dish(21_000, "순살치킨", "boneless chicken"),
            Dish(21_000, "파닭", "padak", "green onion chicken"),
            Dish(19_000, "닭강정", "dakgangjeong"),
            Dish(12_000, "버팔로윙", "buffalo wings"),
            Dish(18_000, "마르게리타피자", "margherita", "margherita pizza"),
            Dish(21_000, "페퍼로니피자", "pepperoni", "pepperoni pizza"),
            Dish(24_000, "불고기피자", "bulgogi pizza"),
            Dish(25_000, "고구마피자", "sweet potato pizza"),
            Dish(27_000, "쉬림프피자", "shrimp pizza"),
            Dish(23_000, "콤비네이션피자", "combination pizza"),
            Dish(9_000, "오븐스파게티", "oven spaghetti"),
            Dish(5_000, "감자튀김", "french fries", "fries"),
            Dish(5_000, "치즈볼", "cheese balls"),
            Dish(1_000, "치킨무", "pickled radish"),
            Dish(2_500, "콜라", "coke", "cola"),
            Dish(2_500, "사이다", "cider", "lemon-lime soda"),
        ]);
}

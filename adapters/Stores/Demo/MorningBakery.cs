using FoodDelivery.Stores;
using static FoodDelivery.Adapters.Stores.Demo.DemoStore;

namespace FoodDelivery.Adapters.Stores.Demo;

/// <summary>Store 3: a cafe and bakery, where customers pick up and the coffee takes the caller's price.</summary>
internal static class MorningBakery
{
    public static DemoStore Store => new(
        new Store(new StoreId(3), "아침빵집 카페 (Morning Bakery & Cafe)", StoreKind.Cafe, CancellationRule.UntilAccepted),
        [
            OpenPriced(4_500, "아이스아메리카노", "IceAmericano", "iced americano"),
            OpenPriced(5_000, "아이스아메리카노2", "IceAmericano2"),
            OpenPriced(4_000, "아메리카노", "americano", "HotAmericano"),
            OpenPriced(4_000, "에스프레소", "espresso"),
            OpenPriced(5_000, "카페라떼", "cafe latte", "latte"),
            OpenPriced(5_500, "바닐라라떼", "vanilla latte"),
            OpenPriced(5_000, "카푸치노", "cappuccino"),
            OpenPriced(5_000, "콜드브루", "cold brew"),
            Dish(5_500, "녹차라떼", "green tea latte", "matcha latte"),
            Dish(5_000, "유자차", "yuja tea", "citron tea"),
            Dish(6_500, "케이크", "cake", "케익"),
            Dish(2_500, "도넛", "donut", "doughnut", "도너츠"),
            Dish(6_800, "치즈케이크", "cheesecake"),
            Dish(6_800, "초코케이크", "chocolate cake"),
            Dish(3_500, "크루아상", "croissant"),
            Dish(3_200, "소금빵", "salt bread"),
            Dish(2_800, "단팥빵", "red bean bun"),
            Dish(3_000, "크림빵", "cream bun"),
            Dish(3_800, "베이글", "bagel"),
            Dish(4_500, "마늘바게트", "garlic baguette"),
            Dish(3_000, "스콘", "scone"),
            Dish(2_500, "마들렌", "madeleine"),
            Dish(7_500, "샌드위치", "sandwich"),
            SoldOut(32_000, "딸기생크림케이크", "strawberry cake"),
        ]);
}

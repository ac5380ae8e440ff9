using FoodDelivery.Stores;
using static FoodDelivery.Adapters.Stores.Demo.DemoStore;

namespace FoodDelivery.Adapters.Stores.Demo;

/// <summary>A store that exists in development, so that there is something to order from the first minute.</summary>
/// <param name="Store">Its number.</param>
/// <param name="Profile">What is said of it.</param>
/// <param name="Dishes">Its first menu.</param>
internal sealed record DemoStore(StoreId Store, StoreProfile Profile, IReadOnlyList<DishDraft> Dishes)
{
    public static readonly IReadOnlyList<DemoStore> All = [Bapsang.Store, ChickenAndPizza.Store, MorningBakery.Store];

    internal static DishDraft Dish(long price, params string[] names) => new(Id: null, names, price);

    internal static DishDraft OpenPriced(long price, params string[] names) => new(Id: null, names, price, OpenPriced: true, MinPrice: 1_000);

    internal static DishDraft SoldOut(long price, params string[] names) => new(Id: null, names, price, SoldOut: true);
}

/// <summary>Store 1: home cooking, chicken too, delivered.</summary>
internal static class Bapsang
{
    public static DemoStore Store => new(
        new StoreId(1),
        new StoreProfile("한그릇밥상 (Hangeureut Table)", StoreKind.Restaurant, CancellationRule.UntilDeliveryStarted),
        [
            Dish(9_500, "비빔밥", "bibimbap"),
            Dish(11_000, "돌솥비빔밥", "dolsot bibimbap", "hot stone bibimbap"),
            Dish(8_500, "김치찌개", "kimchi-jjigae", "kimchi stew"),
            Dish(8_500, "된장찌개", "doenjang-jjigae", "soybean paste stew"),
            Dish(9_000, "순두부찌개", "sundubu-jjigae", "soft tofu stew"),
            Dish(14_000, "불고기", "bulgogi"),
            Dish(13_000, "제육볶음", "jeyuk-bokkeum", "spicy stir-fried pork"),
            Dish(15_000, "갈비탕", "galbitang", "short rib soup"),
            Dish(16_000, "삼계탕", "samgyetang", "ginseng chicken soup"),
            Dish(9_000, "칼국수", "kalguksu", "knife-cut noodles"),
            Dish(10_000, "물냉면", "mul-naengmyeon", "cold noodles"),
            Dish(10_000, "비빔냉면", "bibim-naengmyeon", "spicy cold noodles"),
            Dish(10_500, "잡채밥", "japchae-bap", "glass noodles with rice"),
            Dish(12_000, "해물파전", "haemul-pajeon", "seafood pancake"),
            Dish(9_000, "김치볶음밥", "kimchi fried rice"),
            Dish(4_000, "김밥", "gimbap"),
            Dish(5_000, "떡볶이", "tteokbokki"),
            Dish(5_500, "순대", "sundae sausage"),
            Dish(6_000, "계란찜", "gyeran-jjim", "steamed eggs"),
            Dish(1_000, "공기밥", "steamed rice"),
            Dish(18_000, "통닭", "chicken", "치킨"),
            SoldOut(45_000, "간장게장", "ganjang-gejang", "soy-marinated crab"),
        ]);
}

/// <summary>Store 2: chicken and pizza, delivered.</summary>
internal static class ChickenAndPizza
{
    public static DemoStore Store => new(
        new StoreId(2),
        new StoreProfile("바삭치킨앤피자 (Basak Chicken & Pizza)", StoreKind.Restaurant, CancellationRule.UntilDeliveryStarted),
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

/// <summary>Store 3: a cafe and bakery, where customers pick up and the coffee takes the caller's price, from 1,000 won on.</summary>
internal static class MorningBakery
{
    public static DemoStore Store => new(
        new StoreId(3),
        new StoreProfile("아침빵집 카페 (Morning Bakery & Cafe)", StoreKind.Cafe, CancellationRule.UntilAccepted),
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
            Dish(25_000, "케이크", "cake", "케익"),
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

using FoodDelivery.Stores;
using static FoodDelivery.Adapters.Stores.Demo.DemoStore;

namespace FoodDelivery.Adapters.Stores.Demo;

/// <summary>Store 1: home cooking, delivered.</summary>
internal static class Bapsang
{
    public static DemoStore Store => new(
        new Store(new StoreId(1), "한그릇밥상 (Hangeureut Table)", StoreKind.Restaurant, CancellationRule.UntilDeliveryStarted),
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
            SoldOut(45_000, "간장게장", "ganjang-gejang", "soy-marinated crab"),
        ]);
}

using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Menus: shown by the store, sold from by Ordering's own replica.</summary>
public sealed class MenuTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task Three_demo_stores_have_menus()
    {
        var stores = (await Stores.Get("/stores")).Expect(200).Members("stores");

        Assert.Equal([1L, 2L, 3L], stores.Select(static store => store.Number("storeId")).Order().Take(3));
        foreach (var store in new[] { 1, 2, 3 })
        {
            Assert.NotEmpty((await Stores.Get($"/stores/{store}")).Expect(200).Word("name"));
            Assert.NotEqual(0, (await Stores.Get($"/stores/{store}/menu")).Expect(200).At("dishes").GetArrayLength());
        }

        (await Stores.Get("/stores/4711")).Expect(404);
        (await Stores.Get("/stores/4711/menu")).Expect(404);
    }

    [Fact]
    public async Task A_new_menu_is_sold_from()
    {
        var menu = (await Stores.Get("/stores/1/menu")).Expect(200);
        var dish = $"떡볶이{Guid.NewGuid():N}";
        var dishes = menu.At("dishes").EnumerateArray().Select(static known => (object)known)
            .Append(new { names = new[] { dish }, price = 4500 });

        (await Stores.Put("/stores/1/menu", new { dishes })).Expect(200);

        var order = await Eventually.Gives(async () => (await Orders.Post("/orders", new { item = dish.ToUpperInvariant() })).Expect(201));
        Assert.Equal(1, order.Number("storeId"));
        Assert.Equal(4500, order.Number("price"));
    }
}

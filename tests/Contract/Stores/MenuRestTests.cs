using System.Text.Json;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;
using FoodDelivery.Tests.Support.Security;
using Grpc.Core;

namespace FoodDelivery.Tests.Contract.Stores;

public sealed class MenuRestTests(RunningStores stores) : IClassFixture<RunningStores>
{
    [Theory]
    [InlineData(2, "chicken", "통닭", "pizza", "피자")]
    [InlineData(3, "IceAmericano", "IceAmericano2", "cake", "donut")]
    public async Task The_demo_stores_sell_what_testers_name(long store, params string[] names)
    {
        var menu = (await stores.Rest.Get($"/stores/{store}/menu")).Expect(200);

        var sold = menu.At("dishes").EnumerateArray().SelectMany(static dish => dish.GetProperty("names").EnumerateArray()).Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(names.ToHashSet(StringComparer.Ordinal), sold);
    }

    [Fact]
    public async Task The_demo_cafes_coffee_takes_a_price_from_1000_won_on_and_so_does_its_published_menu()
    {
        var coffees = (await stores.Rest.Get("/stores/3/menu")).Expect(200).At("dishes").EnumerateArray()
            .Where(static dish => dish.GetProperty("openPriced").GetBoolean()).ToList();

        Assert.NotEmpty(coffees);
        Assert.All(coffees, static coffee => Assert.Equal(1_000, coffee.GetProperty("minPrice").GetInt64()));
        await Eventually.Holds(() =>
        {
            var menu = stores.Published.OfType<MenuChanged>().First(static changed => changed.Menu.StoreId == 3).Menu;
            Assert.All(menu.Dishes, static dish => Assert.Equal(dish.OpenPriced ? 1_000 : 0, dish.MinPriceWon));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task There_are_three_demo_stores_and_each_menu_is_published()
    {
        var all = (await stores.Rest.Get("/stores")).Expect(200).Members("stores");

        Assert.Equal(
            [(1L, "restaurant", "until_delivery_started"), (2L, "restaurant", "until_delivery_started"), (3L, "cafe", "until_accepted")],
            all.Select(static store => (store.GetProperty("storeId").GetInt64(), store.GetProperty("kind").GetString()!, store.GetProperty("cancellationRule").GetString()!)));
        Assert.Equal("/stores/3", (await stores.Rest.Get("/stores/3")).Expect(200).Word("_links", "self", "href"));
        await Eventually.Holds(() =>
        {
            Assert.Equal([1, 2, 3], stores.Published.OfType<MenuChanged>().Where(static changed => changed.Menu.Revision == 1).Select(static changed => changed.Menu.StoreId));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_menu_handed_in_as_it_was_read_stays_the_same()
    {
        var before = (await stores.Rest.Get("/stores/1/menu")).Expect(200);

        var after = (await stores.Rest.Put("/stores/1/menu", new { dishes = before.At("dishes"), revision = before.Number("revision") })).Expect(200);

        Assert.Equal(before.At("dishes").GetRawText(), after.At("dishes").GetRawText());
        Assert.Equal(before.Number("revision") + 1, after.Number("revision"));
        (await stores.Rest.Put("/stores/1/menu", new { dishes = before.At("dishes"), revision = before.Number("revision") })).Expect(409);
        await Eventually.Holds(() => Task.FromResult(Assert.Single(
            stores.Published.OfType<MenuChanged>(), changed => changed.Menu.StoreId == 1 && changed.Menu.Revision == after.Number("revision"))));
    }

    [Fact]
    public async Task If_Match_decides_upon_the_version_that_was_seen()
    {
        var menu = (await stores.Rest.Get("/stores/3/menu")).Expect(200);
        var tag = menu.Header("ETag");
        Assert.Equal($"\"{menu.Number("revision")}\"", tag);

        Assert.Equal("PRECONDITION_FAILED", (await Put("\"99\"")).Expect(412).Word("reason"));
        (await Put($"W/{tag}")).Expect(412);
        Assert.Equal("If-Match", (await Put("99")).Expect(400).Word("field"));
        var next = (await Put($"\"99\", {tag}")).Expect(200).Header("ETag");
        Assert.NotEqual(tag, next);
        (await Put(tag!)).Expect(412);
        (await Put("*")).Expect(200);

        async Task<Answer> Put(string ifMatch)
        {
            var body = RestClient.Raw(JsonSerializer.Serialize(new { dishes = menu.At("dishes") }));
            return await stores.Rest.Send(HttpMethod.Put, "/stores/3/menu", body, ifMatch: ifMatch);
        }
    }

    [Theory]
    [InlineData("{}", "dishes")]
    [InlineData("{\"dishes\":[]}", "dishes")]
    [InlineData("{\"dishes\":\"pie\"}", "dishes")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"price\":1},{\"name\":\"Pie \",\"price\":1}]}", "dishes[1].names")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"price\":5,\"openPriced\":true,\"minPrice\":6}]}", "dishes[0].minPrice")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"price\":1},{\"name\":\"ｐｉｅ\",\"price\":1}]}", "dishes[1].names")]
    [InlineData("{\"dishes\":[{\"name\":\"\\u200b\",\"price\":1}]}", "dishes[0].names")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"names\":[\"cake\"],\"price\":1}]}", "dishes[0].name")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"price\":1,\"id\":1000000001}]}", "dishes[0].id")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\"}]}", "dishes[0].price")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"price\":\"cheap\"}]}", "dishes[0].price")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"price\":100000001}]}", "dishes[0].price")]
    [InlineData("{\"dishes\":[{\"price\":1}]}", "dishes[0].names")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"price\":1,\"soldOut\":\"perhaps\"}]}", "dishes[0].soldOut")]
    [InlineData("{\"dishes\":[{\"name\":\"pie\",\"price\":1}],\"revision\":\"x\"}", "revision")]
    public async Task A_faulty_menu_is_named(string body, string field)
    {
        var answer = (await stores.Rest.Send(HttpMethod.Put, "/stores/3/menu", RestClient.Raw(body))).Expect(400);

        Assert.Equal(field, answer.Word("field"));
    }

    [Fact]
    public async Task Unknown_stores_are_not_found()
    {
        foreach (var unknown in new[] { "4711", "0", "abc" })
        {
            (await stores.Rest.Get($"/stores/{unknown}")).Expect(404);
            (await stores.Rest.Get($"/stores/{unknown}/menu")).Expect(404);
            (await stores.Rest.Put($"/stores/{unknown}/menu", new { dishes = new[] { new { name = "pie", price = 1 } } })).Expect(404);
        }
    }

    [Fact]
    public async Task Menus_and_stores_are_shown_over_grpc_too()
    {
        var menus = new MenuService.MenuServiceClient(stores.Channel);
        var menu = (await menus.GetMenuAsync(new GetMenuRequest { StoreId = 2 }, Soon)).Menu;
        menu.Dishes[0].SoldOut = true;

        var updated = (await menus.UpdateMenuAsync(new UpdateMenuRequest { StoreId = 2, Dishes = { menu.Dishes }, Revision = menu.Revision }, Soon)).Menu;

        Assert.Equal(menu.Dishes, updated.Dishes);
        var stale = await Assert.ThrowsAsync<RpcException>(async () =>
            await menus.UpdateMenuAsync(new UpdateMenuRequest { StoreId = 2, Dishes = { menu.Dishes }, Revision = menu.Revision }, Soon));
        Assert.Equal(StatusCode.Aborted, stale.StatusCode);
        var client = new StoreService.StoreServiceClient(stores.Channel);
        var first = await client.ListStoresAsync(new ListStoresRequest { PageSize = 2 }, Soon);
        var second = await client.ListStoresAsync(new ListStoresRequest { PageSize = 2, PageToken = first.NextPageToken }, Soon);
        Assert.Equal([1, 2, 3], first.Stores.Concat(second.Stores).Select(static store => store.StoreId));
        Assert.Empty(second.NextPageToken);
        Assert.Equal(StoreKind.Cafe, (await client.GetStoreAsync(new GetStoreRequest { StoreId = 3 }, Soon)).Store.Kind);
    }

    [Fact]
    public async Task A_second_start_and_a_replica_leave_the_menus_alone()
    {
        var before = (await stores.Rest.Get("/stores/3/menu")).Expect(200).Number("revision");

        var replica = await stores.Replica();

        Assert.Equal(before, (await replica.Rest.Get("/stores/3/menu")).Expect(200).Number("revision"));
        Assert.Equal(JsonValueKind.Array, (await replica.Rest.Get("/stores")).Expect(200).At("_embedded", "stores").ValueKind);
        await replica.DisposeAsync();
    }

    [Fact]
    public async Task Outside_development_there_are_no_demo_stores()
    {
        await using var authority = await TestAuthority.Start();
        var production = await RunningStores.InProduction(authority.Settings);
        using var door = new Security.Door(production.Rest.Address, production.Rest.Address);

        Assert.Equal(404, (await door.Rest("GET", "/stores/1", authority.Tokens.For("ops", "operator"))).Status);
        await production.DisposeAsync();
    }

    private static CallOptions Soon => new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20));
}

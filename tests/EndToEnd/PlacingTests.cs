using FoodDelivery.Tests.Support.Rest;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>Flow 1: choose from a menu, pay, and only then does the order exist.</summary>
public sealed class PlacingTests(RunningLocal local, ITestOutputHelper output) : LocalTests(local, output)
{
    [Fact]
    public async Task An_order_is_paid_when_it_is_placed()
    {
        var answer = (await Orders.Post("/orders", new { item = "chicken", qty = 2, address = "서울시 마포구 1" })).Expect(201);

        var id = answer.Number("orderId");
        Assert.EndsWith($"/orders/{id}", answer.Header("Location"), StringComparison.Ordinal);
        Assert.EndsWith($"/orders/{id}", answer.Word("_links", "self", "href"), StringComparison.Ordinal);
        Assert.EndsWith($"/orders/{id}", answer.Word("_links", "order", "href"), StringComparison.Ordinal);
        Assert.Equal("chicken", answer.Word("item"));
        Assert.Equal(2, answer.Number("qty"));
        Assert.Equal(2 * answer.Number("price"), answer.Number("total"));
        Assert.Equal("서울시 마포구 1", answer.Word("address"));
        Assert.Equal("pay_success", answer.Word("status"));

        var payment = Assert.Single((await Payments.Get($"/payments?orderId={id}")).Expect(200).Members("payments"));
        Assert.Equal(id, payment.Number("orderId"));
        Assert.Equal(answer.Number("total"), payment.Number("price"));
    }

    [Fact]
    public async Task The_store_gets_a_ticket_and_the_view_shows_the_order()
    {
        var order = await Chicken();

        var ticket = await order.Ticket();
        Assert.Equal("order_get", ticket.Word("status"));
        var view = await order.Shows("pay_success");
        Assert.Equal(1, view.Number("version"));
        Assert.Equal("chicken", view.Word("item"));
        Assert.NotEmpty(view.Word("label", "ko"));
        Assert.NotEmpty(view.Word("label", "en"));
    }

    [Theory]
    [InlineData("{\"item\":\"chicken\",\"qty\":\"1\"}", 1)]
    [InlineData("{\"product\":\"chicken\",\"quantity\":\"3\"}", 3)]
    [InlineData("{\"품목\":\"통닭\",\"수량\":2}", 2)]
    [InlineData("{\"item\":\"PiZZa\",\"nobodyKnowsThis\":{\"a\":[1]}}", 1)]
    public async Task Every_name_of_a_field_is_understood(string body, int quantity)
    {
        var answer = (await Orders.Send(HttpMethod.Post, "/orders", RestClient.Raw(body))).Expect(201);

        Assert.Equal(quantity, answer.Number("qty"));
    }

    [Fact]
    public async Task A_form_is_as_good_as_json()
    {
        var answer = (await Orders.Send(HttpMethod.Post, "/orders", RestClient.Raw("item=chicken&qty=2", "application/x-www-form-urlencoded"))).Expect(201);

        Assert.Equal(2, answer.Number("qty"));
    }

    [Fact]
    public async Task A_whole_order_can_be_written_in_Korean()
    {
        var menu = (await Stores.Get("/stores/2/menu")).Expect(200);
        var price = (await Orders.Post("/orders", new { item = "통닭", storeId = 2 })).Expect(201).Number("price");
        Assert.NotEmpty(menu.Text);

        var answer = (await Orders.Post("/주문s", new { 품목 = "통닭", 수량 = 2, 가격 = price, 가게 = 2, 주소 = "부산시 해운대구 7" })).Expect(201);

        Assert.Equal("통닭", answer.Word("item"));
        Assert.Equal(2, answer.Number("storeId"));
        Assert.Equal("부산시 해운대구 7", answer.Word("address"));
        Assert.Equal("통닭", (await Orders.Get($"/주문s/{answer.Number("orderId")}")).Expect(200).Word("item"));
    }

    [Theory]
    [InlineData("chicken", null, 1)]
    [InlineData("통닭", 1L, 1)]
    [InlineData("chicken", 2L, 2)]
    [InlineData("Pizza", null, 2)]
    [InlineData("cake", null, 3)]
    public async Task A_dish_comes_from_the_store_that_is_named_or_the_first_that_has_it(string item, long? named, long store) =>
        Assert.Equal(store, (await Orders.Post("/orders", new { item, storeId = named })).Expect(201).Number("storeId"));

    [Fact]
    public async Task The_demo_owner_has_the_store_that_chicken_comes_from()
    {
        var order = await Chicken();
        await order.Ticket();

        using var owner = new RestClient(Fleet.Addresses["Gateway"].Rest) { Token = await Fleet.Token("demo-owner") };
        Assert.Equal("receive", (await owner.Patch($"/deliveries/{order.Id}", new { status = "receive" })).Expect(200).Word("status"));
    }

    [Fact]
    public async Task Several_dishes_make_one_order()
    {
        var answer = (await Orders.Post("/orders", new { storeId = 2, lines = new object[] { new { item = "pizza", qty = 1 }, new { item = "chicken", qty = "2" } } })).Expect(201);

        Assert.Equal(2, answer.At("lines").GetArrayLength());
        Assert.Equal("pizza", answer.Word("lines", "0", "item"));
        Assert.Equal("pizza", answer.Word("item"));
        Assert.Equal(answer.Number("lines", "0", "price") + (2 * answer.Number("lines", "1", "price")), answer.Number("total"));
    }

    [Fact]
    public async Task The_menus_price_holds()
    {
        var today = (await Orders.Post("/orders", new { item = "pizza" })).Expect(201).Number("price");

        (await Orders.Post("/orders", new { item = "pizza", price = today })).Expect(201);
        var refused = (await Orders.Post("/orders", new { item = "pizza", price = today - 1 })).Expect(409);
        Assert.Contains(today.ToString(), refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_priced_coffee_takes_the_callers_price()
    {
        var answer = (await Orders.Post("/orders", new { item = "IceAmericano", qty = 2, price = 1234 })).Expect(201);

        Assert.Equal(3, answer.Number("storeId"));
        Assert.Equal(1234, answer.Number("price"));
        Assert.Equal(2468, answer.Number("total"));
    }

    [Theory]
    [InlineData("chicken")]
    [InlineData("통닭")]
    [InlineData("pizza")]
    [InlineData("피자")]
    [InlineData("IceAmericano")]
    [InlineData("IceAmericano2")]
    [InlineData("cake")]
    [InlineData("donut")]
    [InlineData("ICEAMERICANO")]
    public async Task Dishes_that_testers_name_are_on_a_menu(string item) => (await Orders.Post("/orders", new { item })).Expect(201);

    [Theory]
    [InlineData("{}", "item")]
    [InlineData("{\"item\":\"unicorn\"}", "item")]
    [InlineData("{\"item\":\"chicken\",\"qty\":0}", "qty")]
    [InlineData("{\"item\":\"chicken\",\"qty\":-1}", "qty")]
    [InlineData("{\"item\":\"chicken\",\"qty\":100}", "qty")]
    [InlineData("{\"item\":\"chicken\",\"qty\":1.5}", "qty")]
    [InlineData("{\"item\":\"chicken\",\"qty\":\"many\"}", "qty")]
    [InlineData("{\"item\":\"chicken\",\"qty\":99999999999999999999}", "qty")]
    [InlineData("{\"item\":\"chicken\",\"price\":-5}", "price")]
    [InlineData("{\"item\":\"chicken\",\"storeId\":4711}", "storeId")]
    [InlineData("{\"item\":[1]}", "item")]
    [InlineData("{\"item\":", "body")]
    [InlineData("[]", "body")]
    [InlineData("", "body")]
    public async Task Bad_input_is_named(string body, string field)
    {
        var answer = (await Orders.Send(HttpMethod.Post, "/orders", RestClient.Raw(body))).Expect(400);

        Problem.Is(answer);
        Assert.Equal(field, answer.Word("field"));
        Assert.True(answer.At("errors").TryGetProperty(field, out _), answer.Text);
    }
}

using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Payment.V1;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Contract.Ordering;

public sealed class OrderRestTests : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _data = new();
    private readonly ScriptedPay _pay = new();
    private OrderingHost _ordering = null!;

    public async Task InitializeAsync()
    {
        await _pay.Start();
        _ordering = await (await OrderingHost.Start(_data, _pay.Address, OrderingHost.Unhurried)).WithMenus();
    }

    [Fact]
    public async Task The_first_order_has_the_number_one_and_a_location()
    {
        var placed = (await _ordering.Rest.Post("/orders", new { item = "chicken", qty = "2", address = "서울 🍗", nonsense = true })).Expect(201);

        Assert.Equal("/orders/1", placed.Header("Location"));
        Assert.Equal((1, "chicken", 2, 18_000, 36_000), (placed.Number("orderId"), placed.Word("item"), placed.Number("qty"), placed.Number("price"), placed.Number("total")));
        Assert.Equal(("pay_success", 1, "서울 🍗"), (placed.Word("status"), placed.Number("storeId"), placed.Word("address")));
        Assert.Equal("/orders/1", placed.Word("_links", "self", "href"));
        Assert.Equal(placed.Text, (await _ordering.Rest.Get("/orders/1")).Expect(200).Text);
    }

    [Fact]
    public async Task Korean_names_mean_the_same()
    {
        var placed = (await _ordering.Rest.Post("/주문s", new { 품목 = "통닭", 수량 = 3, 가격 = 18_000, 가게 = 1, 주소 = "부산" })).Expect(201);

        Assert.Equal(("통닭", 3, "부산"), (placed.Word("item"), placed.Number("qty"), placed.Word("address")));
        Assert.Equal(placed.Text, (await _ordering.Rest.Get("/주문s/1")).Expect(200).Text);
    }

    [Fact]
    public async Task Several_dishes_come_as_lines()
    {
        var placed = (await _ordering.Rest.Post("/orders", new { lines = new object[] { new { item = "chicken" }, new { item = "cola", qty = 2 } } })).Expect(201);

        Assert.Equal((22_000, "cola"), (placed.Number("total"), placed.Word("lines", "1", "item")));
    }

    [Fact]
    public async Task A_price_below_a_menus_least_and_a_total_beyond_any_payment_are_refused_before_an_attempt_is_made()
    {
        await _ordering.Publish(Topics.Store, "store-4", OrderingHost.Menu(
            4, new Dish { DishId = 1, PriceWon = 4_000, Names = { "latte" }, OpenPriced = true, MinPriceWon = 1_000 }));
        await Eventually.Holds(async () => Assert.Equal("price", (await _ordering.Rest.Post("/orders", new { item = "latte", price = 999 })).Expect(400).Word("field")));

        Assert.Equal("item", (await _ordering.Rest.Post("/orders", new { item = "latte", qty = 99, price = 100_000_000 })).Expect(400).Word("field"));
        Assert.Equal(0, _pay.Calls);
        Assert.Equal(1, (await _ordering.Rest.Post("/orders", new { item = "latte", price = 1_000 })).Expect(201).Number("orderId"));
    }

    [Fact]
    public async Task Names_are_read_whatever_their_case_and_form()
    {
        var placed = (await _ordering.Rest.Send(HttpMethod.Post, "/orders", RestClient.Raw("""{"item":"\u1110\u1169\u11bc\u1103\u1161\u11b0","Qty":3}"""))).Expect(201);

        Assert.Equal(("통닭", 3), (placed.Word("item"), placed.Number("qty")));
        Assert.Equal("통닭", (await _ordering.Rest.Get("/orders/1")).Expect(200).Word("item"));
        Assert.Equal(1, (await _ordering.Rest.Get("/\u110c\u116e\u1106\u116e\u11ab" + "s")).Expect(200).Number("page", "totalElements"));
    }

    [Theory]
    [InlineData("""{"item":"chicken","qty":1,"Qty":3}""", "Qty")]
    [InlineData("""{"item":"chicken","product":"cola"}""", "product")]
    [InlineData("""{"item":"chicken","lines":[{"item":"cola"}]}""", "lines")]
    [InlineData("""{"item":"chicken","lines":[]}""", "lines")]
    [InlineData("""{"qty":2,"lines":[{"item":"cola"}]}""", "lines")]
    [InlineData("""{"item":"chicken","quantiy":3}""", "quantiy")]
    [InlineData("""{"lines":[{"item":"cola"},{"item":"cola","quantiy":3}]}""", "lines[1].quantiy")]
    [InlineData("""{"lines":[{"item":"cola","qty":0}]}""", "lines[0].qty")]
    [InlineData("""{"lines":[]}""", "lines")]
    [InlineData("""{"item":"\u200b"}""", "item")]
    public async Task Nobody_pays_for_what_was_said_otherwise(string body, string field)
    {
        var refused = (await _ordering.Rest.Send(HttpMethod.Post, "/orders", RestClient.Raw(body))).Expect(400);

        Assert.Equal(field, refused.Word("field"));
        (await _ordering.Rest.Get("/orders/1")).Expect(404);
    }

    [Fact]
    public async Task An_order_that_was_read_can_be_placed_again()
    {
        var read = (await _ordering.Rest.Post("/orders", new { lines = new object[] { new { item = "chicken", qty = 2 }, new { item = "cola" } } })).Expect(201);

        Assert.Equal(read.Number("total"), (await _ordering.Rest.Send(HttpMethod.Post, "/orders", RestClient.Raw(read.Text))).Expect(201).Number("total"));
    }

    [Fact]
    public async Task What_is_wrong_with_an_order_is_named()
    {
        Assert.Equal("item", (await _ordering.Rest.Post("/orders", new { item = "dragon" })).Expect(400).Word("field"));
        Assert.Equal("qty", (await _ordering.Rest.Post("/orders", new { item = "chicken", qty = 0 })).Expect(400).Word("field"));
        Assert.Equal("수량", (await _ordering.Rest.Post("/orders", new { item = "chicken", 수량 = "viele" })).Expect(400).Word("field"));
        Assert.Equal("storeId", (await _ordering.Rest.Post("/orders", new { item = "chicken", storeId = 77 })).Expect(400).Word("field"));
        Assert.Equal("18000", (await _ordering.Rest.Post("/orders", new { item = "chicken", price = 1 })).Expect(409).Word("expected"));
        Assert.Equal("lines[1].price", (await _ordering.Rest.Post(
            "/orders", new { lines = new object[] { new { item = "cola" }, new { item = "cola", price = -1 } } })).Expect(400).Word("field"));
        (await _ordering.Rest.Get("/orders/1")).Expect(404);
        (await _ordering.Rest.Get("/orders/none")).Expect(404);
    }

    [Fact]
    public async Task A_key_makes_an_order_safe_to_repeat()
    {
        var first = (await _ordering.Rest.Post("/orders", new { item = "chicken" }, "k-1")).Expect(201);
        var second = (await _ordering.Rest.Post("/orders", new { item = "chicken" }, "k-1")).Expect(201);
        var other = (await _ordering.Rest.Post("/orders", new { item = "cola" }, "k-1")).Expect(422);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", other.Word("reason"));
        Assert.Equal(1, _pay.Payments);
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_is_one_order()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _ordering.Rest.Post("/orders", new { item = "chicken" }, "k-2")));

        Assert.All(answers, static answer => Assert.Equal(1, answer.Expect(201).Number("orderId")));
        Assert.Equal(1, (await _ordering.Rest.Get("/orders")).Number("page", "totalElements"));
        Assert.Equal(1, _pay.Payments);
    }

    [Fact]
    public async Task A_declined_card_leaves_no_order_but_an_event()
    {
        _pay.Answer = static (_, _) => Task.FromResult(PaymentStatus.Declined);
        await using var log = Reading();

        var declined = (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(422);

        Assert.Equal(1, declined.Number("orderId"));
        Assert.Contains("한도 초과", declined.Word("detail"), StringComparison.Ordinal);
        (await _ordering.Rest.Get("/orders/1")).Expect(404);
        await Eventually.Holds(() =>
        {
            var told = Assert.Single(log.Read<Protos.Ordering.V1.OrderStatusChanged>());
            Assert.Equal((1, Protos.Ordering.V1.OrderStatus.PayFail, 1), (told.OrderId, told.Status, told.Version));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Orders_are_listed_newest_first_page_by_page()
    {
        for (var i = 0; i < 5; i++)
            (await _ordering.Rest.Post("/orders", new { item = "cola", customerId = i % 2 == 0 ? "kim" : "이&" })).Expect(201);

        var page = (await _ordering.Rest.Get("/orders?size=2&page=1")).Expect(200);

        Assert.Equal([3, 2], page.Members("orders").Select(static order => order.Number("orderId")));
        Assert.Equal((2, 5, 3, 1), (page.Number("page", "size"), page.Number("page", "totalElements"), page.Number("page", "totalPages"), page.Number("page", "number")));
        Assert.Equal([4, 2], (await _ordering.Rest.Get("/orders?customerId=%EC%9D%B4%26")).Members("orders").Select(static order => order.Number("orderId")));
        (await _ordering.Rest.Get("/orders?size=0")).Expect(400);
        (await _ordering.Rest.Get("/orders?page=1000000&size=1000")).Expect(400);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task A_cancellation_is_asked_for_decided_and_refunded(string method)
    {
        (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);

        var asked = (method switch
        {
            "PUT" => await _ordering.Rest.Put("/orders/1", new { status = "order_cancel_request" }),
            "PATCH" => await _ordering.Rest.Patch("/orders/1", new { status = "order_cancel_request" }),
            _ => await _ordering.Rest.Delete("/orders/1"),
        }).Expect(202);
        Assert.Equal("cancel_requested", asked.Word("status"));

        await _ordering.Ticket(1, Protos.Store.V1.TicketStatus.OrderCanceled, "gave way");
        await _ordering.SeesStatus(1, "order_cancel");
        await _ordering.Publish(Topics.Payment, "1", new PaymentRefunded { OrderId = 1 });
        var end = await _ordering.SeesStatus(1, "refunded");

        Assert.Equal("gave way", end.Word("reason"));
        Assert.Equal("ALREADY_REFUNDED", (await _ordering.Rest.Delete("/orders/1")).Expect(409).Word("reason"));
    }

    [Fact]
    public async Task Nothing_but_a_cancellation_can_be_asked_for()
    {
        (await _ordering.Rest.Post("/orders", new { item = "chicken" })).Expect(201);

        Assert.Equal("status", (await _ordering.Rest.Put("/orders/1", new { status = "delivered" })).Expect(400).Word("field"));
        (await _ordering.Rest.Put("/orders/2", new { status = "order_cancel_request" })).Expect(404);
    }

    [Fact]
    public async Task The_description_shows_the_body_and_the_refusals()
    {
        var page = (await _ordering.Rest.Get("/openapi/v1.json")).Expect(200);

        var post = page.At("paths", "/orders", "post");
        Assert.Equal("Place an order and pay", post.GetProperty("summary").GetString());
        Assert.True(post.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.True(post.GetProperty("responses").TryGetProperty("422", out _));
        Assert.DoesNotContain("주문s", page.Text, StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await _ordering.DisposeAsync();
        await _pay.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    private LogReader Reading() =>
        new((IEventLog)_ordering.App.Services.GetService(typeof(IEventLog))!, Topics.Ordering);
}

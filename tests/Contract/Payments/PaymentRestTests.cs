using System.Globalization;
using System.Text.Json;
using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.Contract.Payments;

public sealed class PaymentRestTests : PayTests
{
    [Fact]
    public async Task A_payment_has_the_fields_that_testers_know()
    {
        await Pay.Approve(order: 1, won: 18_000);

        var payment = (await Pay.Rest.Get("/payments/1")).Expect(200);

        Assert.Equal((1, 1, 18_000), (payment.Number("paymentId"), payment.Number("orderId"), payment.Number("price")));
        Assert.Equal(("approved", "apply"), (payment.Word("status"), payment.Word("action")));
        Assert.Equal(JsonValueKind.Null, payment.At("reason").ValueKind);
        Assert.Equal("/payments/1", payment.Word("_links", "self", "href"));
        Assert.Equal("/payments/1", payment.Word("_links", "payment", "href"));
        Assert.Equal(payment.Word("createdAt"), payment.Word("updatedAt"));
        Assert.True(DateTimeOffset.TryParse(payment.Word("createdAt"), CultureInfo.InvariantCulture, out _));
    }

    [Fact]
    public async Task A_declined_card_shows_why()
    {
        await Pay.Approve(order: 3, won: 1_000_001);

        var payment = (await Pay.Rest.Get("/payments?orderId=3")).Expect(200).Members("payments").Single();

        Assert.Equal(("declined", "apply"), (payment.Word("status"), payment.Word("action")));
        Assert.Contains("1000000 won", payment.Word("reason"));
        (await Pay.Rest.Post("/payments", new { orderId = 3, action = "apply" })).Expect(422);
    }

    [Theory]
    [InlineData("/payments")]
    [InlineData("/결제이력s")]
    public async Task The_history_is_paged_newest_first(string path)
    {
        for (var order = 1; order <= 5; order++)
            await Pay.Approve(order);

        var page = (await Pay.Rest.Get($"{path}?page=1&size=2")).Expect(200);

        Assert.Equal([3, 2], page.Members("payments").Select(static payment => payment.Number("orderId")));
        Assert.Equal((2, 5, 3, 1), (
            page.Number("page", "size"), page.Number("page", "totalElements"), page.Number("page", "totalPages"), page.Number("page", "number")));
        Assert.Empty((await Pay.Rest.Get($"{path}?page=9")).Expect(200).Members("payments"));
        Assert.Empty((await Pay.Rest.Get($"{path}?orderId=77")).Expect(200).Members("payments"));
    }

    [Theory]
    [InlineData("/payments?page=-1", "page")]
    [InlineData("/payments?size=1001", "size")]
    [InlineData("/payments?orderId=none", "orderId")]
    [InlineData("/payments?customerId=a%00b", "customerId")]
    [InlineData("/payments?customerId=%E2%80%AEa", "customerId")]
    [InlineData("/payments/%1B", "path")]
    public async Task What_cannot_be_meant_is_refused_by_name(string path, string field) =>
        Assert.Equal(field, (await Pay.Rest.Get(path)).Expect(400).Word("field"));

    [Theory]
    [InlineData("/payments/99")]
    [InlineData("/payments/none")]
    public async Task An_unknown_payment_is_not_found(string path) => (await Pay.Rest.Get(path)).Expect(404);

    [Fact]
    public async Task Applying_answers_with_what_was_paid_and_never_takes_money()
    {
        await Pay.Approve(order: 1, won: 18_000);

        Assert.Equal("/payments/1", (await Pay.Rest.Post("/payments", new { orderId = "1", price = "18000", action = "apply" })).Expect(200).Header("Location"));
        var differs = (await Pay.Rest.Post("/payments", new { orderId = 1, price = 17_999, action = "apply" })).Expect(409);
        Assert.Equal(("AMOUNT_DIFFERS", "18000"), (differs.Word("reason"), differs.Word("expected")));
        (await Pay.Rest.Post("/payments", new { orderId = 2, price = 18_000, action = "apply" })).Expect(404);
        Assert.Empty((await Pay.Rest.Get("/payments?orderId=2")).Members("payments"));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("cancle")]
    [InlineData(" CANCEL ")]
    public async Task Cancelling_gives_the_money_back_once(string action)
    {
        await Pay.Approve(order: 1);

        var refund = (await Pay.Rest.Post("/payments", new { orderId = 1, price = 18_000, action, reason = "음식이 식었어요 🥶" })).Expect(200);

        Assert.Equal(("refunded", "cancel", "음식이 식었어요 🥶"), (refund.Word("status"), refund.Word("action"), refund.Word("reason")));
        Assert.Equal(refund.Text, (await Pay.Rest.Post("/payments", new { orderId = 1, action })).Expect(200).Text);
        (await Pay.Rest.Post("/payments", new { orderId = 1, action = "apply" })).Expect(409);
    }

    [Fact]
    public async Task A_form_says_the_same_as_json()
    {
        await Pay.Approve(order: 1);

        using var form = RestClient.Raw("orderId=1&action=cancel", "application/x-www-form-urlencoded");
        Assert.Equal("refunded", (await Pay.Rest.Send(HttpMethod.Post, "/결제이력s", form)).Expect(200).Word("status"));
    }

    [Theory]
    [InlineData("""{"action":"cancel"}""", "orderId")]
    [InlineData("""{"orderId":0,"action":"cancel"}""", "orderId")]
    [InlineData("""{"orderId":1.5,"action":"cancel"}""", "orderId")]
    [InlineData("""{"orderId":1}""", "action")]
    [InlineData("""{"orderId":1,"action":"steal"}""", "action")]
    [InlineData("""{"orderId":1,"action":"apply","price":0}""", "price")]
    [InlineData("""{"orderId":1,"action":"apply","price":1000000001}""", "price")]
    [InlineData("""{"orderId":1,"action":"cancel","reason":"\u001b"}""", "reason")]
    [InlineData("""{"orderId":1,"action":"apply","prise":1}""", "prise")]
    [InlineData("""{"orderId":1,"주문번호":2,"action":"cancel"}""", "주문번호")]
    [InlineData("[]", "body")]
    [InlineData("", "body")]
    public async Task Bad_input_is_refused_by_name(string body, string field)
    {
        using var raw = RestClient.Raw(body);

        Assert.Equal(field, (await Pay.Rest.Send(HttpMethod.Post, "/payments", raw)).Expect(400).Word("field"));
    }

    [Fact]
    public async Task The_api_page_describes_the_routes()
    {
        var api = (await Pay.Rest.Get("/openapi/v1.json")).Expect(200);

        var post = api.At("paths", "/payments", "post");
        Assert.True(post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema")
            .GetProperty("properties").TryGetProperty("action", out _));
        Assert.True(api.At("paths", "/결제이력s", "get").TryGetProperty("responses", out _));
    }
}

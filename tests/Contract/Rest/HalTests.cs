using System.Text;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Contract.Rest;

public sealed class HalTests
{
    [Fact]
    public async Task A_resource_has_its_fields_and_its_links()
    {
        var at = new DateTimeOffset(2026, 5, 1, 21, 0, 0, 5, TimeSpan.FromHours(9));

        var (context, body) = await Execute(Hal.Resource(new { OrderId = 1, Item = "통닭 🍗 <b>", PlacedAt = at, Lines = new[] { 1 } }, "/orders/1", "order"));

        Assert.Equal(
            """{"orderId":1,"item":"통닭 🍗 <b>","placedAt":"2026-05-01T12:00:00.005Z","lines":[1],"_links":{"self":{"href":"/orders/1"},"order":{"href":"/orders/1"}}}""",
            body);
        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", context.Response.ContentType);
        Assert.Equal(Encoding.UTF8.GetByteCount(body), context.Response.ContentLength);
    }

    [Theory]
    [InlineData("application/hal+json", "application/hal+json")]
    [InlineData("application/hal+json, application/json;q=0.9", "application/hal+json")]
    [InlineData("*/*", "application/json; charset=utf-8")]
    public async Task Whoever_asks_for_HAL_is_told_that_it_is(string accept, string type)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        context.Request.Headers.Accept = accept;

        await Hal.Resource(new { OrderId = 1 }, "/orders/1", "order").ExecuteAsync(context);

        Assert.Equal(type, context.Response.ContentType);
    }

    [Theory]
    [InlineData("\"\\\n\u007f", """\"\\\u000A\u007F""")]
    [InlineData("한글'<&>\u2028", "한글'<&>\u2028")]
    public async Task Only_what_JSON_demands_is_escaped(string text, string written)
    {
        var (_, body) = await Execute(Hal.Resource(new { Text = text }, "/x/1", "x"));

        Assert.StartsWith($"{{\"text\":\"{written}\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_an_emoji_is_replaced()
    {
        var (_, body) = await Execute(Hal.Resource(new { Text = $"{'\ud83c'}🍗{'\udf57'}" }, "/x/1", "x"));

        Assert.StartsWith("{\"text\":\"\uFFFD🍗\uFFFD\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_without_fields_still_has_links()
    {
        var (_, body) = await Execute(Hal.Resource(new { }, "/orders/1", "order"));

        Assert.Equal("""{"_links":{"self":{"href":"/orders/1"},"order":{"href":"/orders/1"}}}""", body);
    }

    [Fact]
    public async Task A_created_resource_says_where_it_is()
    {
        var (context, _) = await Execute(Hal.Resource(new { OrderId = 1 }, "/주문s/1", "order").Created());

        Assert.Equal(201, context.Response.StatusCode);
        Assert.Equal("/%EC%A3%BC%EB%AC%B8s/1", context.Response.Headers.Location.ToString());
    }

    [Fact]
    public async Task A_collection_embeds_its_items_and_counts_pages()
    {
        HalResource[] items = [Hal.Resource(new { OrderId = 3 }, "/orders/3", "order")];

        var (_, body) = await Execute(Hal.Collection("orders", items, new Paging(1, 1), new Total(3), "/orders"));

        Assert.Equal(
            """
            {"_embedded":{"orders":[{"orderId":3,"_links":{"self":{"href":"/orders/3"},"order":{"href":"/orders/3"}}}]},
            "_links":{"self":{"href":"/orders?page=1&size=1"},"first":{"href":"/orders?page=0&size=1"},"prev":{"href":"/orders?page=0&size=1"},"next":{"href":"/orders?page=2&size=1"}},
            "page":{"size":1,"totalElements":3,"totalPages":3,"number":1}}
            """.ReplaceLineEndings(""),
            body);
    }

    [Fact]
    public async Task Links_to_other_pages_keep_the_direction()
    {
        var (_, body) = await Execute(Hal.Collection("orders", [], new Paging(0, 20, SortDirection.Ascending), new Total(21), "/orders?customerId=kim"));

        Assert.Contains("\"self\":{\"href\":\"/orders?customerId=kim&page=0&size=20&sort=orderId,asc\"}", body, StringComparison.Ordinal);
        Assert.Contains("\"next\":{\"href\":\"/orders?customerId=kim&page=1&size=20&sort=orderId,asc\"}", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_collection_is_a_collection()
    {
        var (_, body) = await Execute(Hal.Collection("payments", [], Paging.First, new Total(0), "/payments?orderId=1"));

        Assert.Equal(
            """{"_embedded":{"payments":[]},"_links":{"self":{"href":"/payments?orderId=1"}},"page":{"size":20,"totalElements":0,"totalPages":0,"number":0}}""",
            body);
    }

    [Fact]
    public async Task A_count_that_stopped_says_so()
    {
        Assert.Equal(new Total(10_000), Total.OfLimited(10_000));

        var (_, body) = await Execute(Hal.Collection("orders", [], Paging.First, Total.OfLimited(10_001), "/orders"));

        Assert.Contains("\"totalElements\":10000,\"totalPages\":500,\"number\":0,\"totalElementsCapped\":true", body, StringComparison.Ordinal);
    }

    private static async Task<(HttpContext Context, string Body)> Execute(IResult result)
    {
        var stream = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = stream } };
        await result.ExecuteAsync(context);
        return (context, Encoding.UTF8.GetString(stream.ToArray()));
    }
}

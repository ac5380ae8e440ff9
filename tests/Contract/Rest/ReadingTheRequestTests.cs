using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Contract.Rest;

public sealed class ReadingTheRequestTests
{
    [Theory]
    [InlineData("", 0, 20)]
    [InlineData("?page=&size=", 0, 20)]
    [InlineData("?page=3&size=1000", 3, 1000)]
    public void A_page_is_read(string query, int number, int size) => Assert.Equal(new Paging(number, size), Paging.From(Request(query)).Value);

    [Theory]
    [InlineData("?page=-1", "page")]
    [InlineData("?page=a", "page")]
    [InlineData("?page=1&page=2", "page")]
    [InlineData("?page=99999999999999999999", "page")]
    [InlineData("?size=0", "size")]
    [InlineData("?size=1001", "size")]
    [InlineData("?size=1.5", "size")]
    public void A_page_that_cannot_be_is_refused_by_name(string query, string field) => Assert.Equal(field, Paging.From(Request(query)).Error?.Field);

    [Theory]
    [InlineData("", null)]
    [InlineData("?sort=", null)]
    [InlineData("?sort=orderId,asc", SortDirection.Ascending)]
    [InlineData("?sort=orderId,desc", SortDirection.Descending)]
    [InlineData("?sort=ORDERID,ASC", SortDirection.Ascending)]
    public void A_direction_is_read(string query, SortDirection? direction) => Assert.Equal(direction, Paging.From(Request(query), sortsByOrder: true).Value.ByOrder);

    [Theory]
    [InlineData("?sort=orderId", true)]
    [InlineData("?sort=orderId,up", true)]
    [InlineData("?sort=price,asc", true)]
    [InlineData("?sort=orderId,asc&sort=orderId,desc", true)]
    [InlineData("?sort=orderId&sort=asc", true)]
    [InlineData("?sort=orderId,asc", false)]
    [InlineData("?sort=name", false)]
    public void What_cannot_be_sorted_by_is_refused_by_name(string query, bool sortsByOrder) =>
        Assert.Equal("sort", Paging.From(Request(query), sortsByOrder).Error?.Field);

    [Fact]
    public void A_key_is_taken_as_it_is_sent()
    {
        Assert.Null(IdempotencyKey.From(Request("")).Value.Value);
        Assert.Equal("주문-1", IdempotencyKey.From(Request("", "주문-1")).Value.Value);
    }

    [Fact]
    public void A_key_that_is_empty_long_or_double_is_refused()
    {
        Assert.NotNull(IdempotencyKey.From(Request("", "")).Error);
        Assert.NotNull(IdempotencyKey.From(Request("", new string('k', 256))).Error);
        Assert.NotNull(IdempotencyKey.From(Request("", "a", "b")).Error);
    }

    [Fact]
    public void Who_has_no_token_is_anonymous() => Assert.Equal(Caller.Anonymous, Caller.Of(new DefaultHttpContext()));

    private static HttpRequest Request(string query, params string[] keys)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        if (keys.Length > 0)
            context.Request.Headers["Idempotency-Key"] = keys;

        return context.Request;
    }
}

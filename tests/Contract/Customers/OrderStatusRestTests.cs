using System.Net;
using System.Text.Json;
using Dapper;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using static FoodDelivery.Tests.Contract.Customers.CustomerTestService;

namespace FoodDelivery.Tests.Contract.Customers;

public sealed class OrderStatusRestTests
{
    [Fact]
    public async Task The_view_shows_where_an_order_is_and_how_it_came_there()
    {
        await using var service = await Start();
        var last = Changed(1, 3, OrderStatus.Delivering);
        (last.DeliveryFeeWon, last.DiscountWon) = (3_000, 1_000);
        await service.Publish(Changed(1, 1, OrderStatus.PaySuccess), Changed(1, 2, OrderStatus.OrderReceived), last);

        var view = await Reaches(service, 1, 3);

        Assert.Equal("delivering", view.GetProperty("status").GetString());
        Assert.Equal(("배송됨", "shipped"), Label(view));
        Assert.Equal(1, view.GetProperty("orderId").GetInt64());
        Assert.Equal("통닭 🍗", view.GetProperty("item").GetString());
        Assert.Equal(2, view.GetProperty("qty").GetInt32());
        Assert.Equal(18_000, view.GetProperty("price").GetInt64());
        Assert.Equal(40_000, view.GetProperty("total").GetInt64());
        Assert.Equal((3_000, 1_000), (view.GetProperty("deliveryFee").GetInt64(), view.GetProperty("discount").GetInt64()));
        Assert.Equal(2, view.GetProperty("lines").GetArrayLength());
        Assert.Equal(2, view.GetProperty("storeId").GetInt64());
        Assert.Equal("김철수", view.GetProperty("customerId").GetString());
        Assert.Equal(9, view.GetProperty("paymentId").GetInt64());
        Assert.Equal(JsonValueKind.Null, view.GetProperty("reason").ValueKind);
        Assert.Equal("/orderStatuses/1", view.GetProperty("_links").GetProperty("self").GetProperty("href").GetString());
        Assert.Equal("/orderStatuses/1", view.GetProperty("_links").GetProperty("orderStatus").GetProperty("href").GetString());
        var history = view.GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(["pay_success", "order_received", "delivering"], history.Select(static change => change.GetProperty("status").GetString()!));
        Assert.Equal([1, 2, 3], history.Select(static change => change.GetProperty("version").GetInt32()));
        Assert.Equal("2026-07-01T12:00:03.000Z", history[2].GetProperty("at").GetString());
        Assert.Equal(("결제완료", "paid"), Label(history[0]));
    }

    [Fact]
    public async Task A_declined_cancellation_tells_why_and_the_status_before_follows()
    {
        await using var service = await Start();
        await service.Publish(
            Changed(1, 1, OrderStatus.PaySuccess),
            Changed(1, 2, OrderStatus.CancelRequested),
            Changed(1, 3, OrderStatus.CancelDeclined, "이미 출발했어요"),
            Changed(1, 4, OrderStatus.PaySuccess));

        var view = await Reaches(service, 1, 4);

        Assert.Equal("pay_success", view.GetProperty("status").GetString());
        Assert.Equal("이미 출발했어요", view.GetProperty("history")[2].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_same_view_speaks_a_bakerys_words()
    {
        await using var service = await Start();
        await service.Publish(Changed(1, 1, OrderStatus.PaySuccess), Changed(2, 1, OrderStatus.PaySuccess), Changed(2, 2, OrderStatus.OrderReceived));
        await Reaches(service, 1, 1);
        await Reaches(service, 2, 2);

        Assert.Equal("Requested", (await service.Get("/mypages/1")).GetProperty("status").GetString());
        var page = (await service.Get("/mypages")).GetProperty("_embedded").GetProperty("mypages")[0];
        Assert.Equal("Confirmed", page.GetProperty("status").GetString());
        Assert.Equal("apply", page.GetProperty("action").GetString());
        Assert.Equal(2, page.GetProperty("bakeryId").GetInt64());
        Assert.Equal(9, page.GetProperty("paymentId").GetInt64());
        Assert.Equal("통닭 🍗", page.GetProperty("item").GetString());
        Assert.Equal("/mypages/2", page.GetProperty("_links").GetProperty("mypage").GetProperty("href").GetString());
    }

    [Fact]
    public async Task Orders_are_listed_by_pages_newest_first()
    {
        await using var service = await Start();
        await service.Publish(Enumerable.Range(1, 5).Select(static order => Changed(order, 1, OrderStatus.PaySuccess)));
        for (var order = 1; order <= 5; order++)
            await Reaches(service, order, 1);

        var page = await service.Get("/orderStatuses?page=1&size=2");

        Assert.Equal([3, 2], page.GetProperty("_embedded").GetProperty("orderStatuses").EnumerateArray().Select(static view => view.GetProperty("orderId").GetInt32()));
        Assert.Equal(5, page.GetProperty("page").GetProperty("totalElements").GetInt32());
        Assert.Equal(0, (await service.Get("/orderStatuses?customerId=lee")).GetProperty("page").GetProperty("totalElements").GetInt32());
        Assert.Equal(5, (await service.Get("/orderStatuses?customerId=김철수")).GetProperty("page").GetProperty("totalElements").GetInt32());
    }

    [Theory]
    [InlineData("/orderStatuses/1", HttpStatusCode.NotFound, null)]
    [InlineData("/mypages/1", HttpStatusCode.NotFound, null)]
    [InlineData("/orderStatuses/0", HttpStatusCode.BadRequest, "orderId")]
    [InlineData("/orderStatuses/-1", HttpStatusCode.BadRequest, "orderId")]
    [InlineData("/orderStatuses/one", HttpStatusCode.BadRequest, "orderId")]
    [InlineData("/orderStatuses?page=x", HttpStatusCode.BadRequest, "page")]
    [InlineData("/mypages?size=1001", HttpStatusCode.BadRequest, "size")]
    [InlineData("/notifications?orderId=x", HttpStatusCode.BadRequest, "orderId")]
    public async Task What_cannot_be_answered_is_a_problem(string path, HttpStatusCode status, string? field)
    {
        await using var service = await Start();

        var answer = await service.Rest.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
    }

    [Fact]
    public async Task A_rebuild_restores_what_the_view_has_lost_while_it_serves_and_follows()
    {
        await using var service = await Start();
        await service.Publish(Enumerable.Range(1, 200).SelectMany(static order => new[]
        {
            Changed(order, 1, OrderStatus.PaySuccess), Changed(order, 2, OrderStatus.OrderReceived),
        }));
        for (var order = 1; order <= 200; order++)
            await Reaches(service, order, 2);
        await service.Database.Write(new Batch().Add("delete from order_statuses where order_id = 7"), CancellationToken.None);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Rest.GetAsync(new Uri("/orderStatuses/7", UriKind.Relative))).StatusCode);

        var asked = await service.Rest.PostAsync(new Uri("/operations/order-statuses/rebuild", UriKind.Relative), null);
        await service.Publish(Changed(1, 3, OrderStatus.Cooking));

        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        await Eventually.Holds(async () =>
        {
            Assert.Equal(2, (await service.Get("/orderStatuses/200")).GetProperty("version").GetInt32());
            Assert.Equal(2, (await service.Get("/orderStatuses/7")).GetProperty("history").GetArrayLength());
        });
        await Reaches(service, 1, 3);
        await Eventually.Holds(async () => Assert.Equal(200, await service.Database.Read(
            static connection => connection.ExecuteScalarAsync<long>("select count(*) from order_statuses"), CancellationToken.None)));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await service.Rest.GetAsync(new Uri("/operations/order-statuses/rebuild", UriKind.Relative))).StatusCode);
    }

    private static (string, string) Label(JsonElement of) =>
        (of.GetProperty("label").GetProperty("ko").GetString()!, of.GetProperty("label").GetProperty("en").GetString()!);

    private static Task<JsonElement> Reaches(CustomerTestService service, long order, int version) => Eventually.Gives(async () =>
    {
        var view = await service.Get($"/orderStatuses/{order}");
        Assert.Equal(version, view.GetProperty("version").GetInt32());
        return view;
    });
}

using System.Net;
using System.Text.Json;
using Dapper;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos.Marketing.V1;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using static FoodDelivery.Tests.Contract.Marketing.MarketingTestService;

namespace FoodDelivery.Tests.Contract.Marketing;

public sealed class RecommendationTests
{
    [Fact]
    public async Task Somebody_new_is_recommended_what_is_popular()
    {
        await using var service = await Start();
        await service.Publish(Placed(1, "kim", Chicken), Placed(2, "lee", Chicken), Placed(3, "", Chicken), Placed(4, "park", Pizza));

        var dishes = await Eventually.Gives(async () =>
        {
            var found = await service.Dishes("?customerId=nobody");
            Assert.Equal(["통닭", "피자"], found.Select(static one => one.GetProperty("item").GetString()));
            Assert.True(found[0].GetProperty("score").GetDouble() > 2.5 * found[1].GetProperty("score").GetDouble());
            return found;
        });

        Assert.Equal(("popular_now", "지금 인기 있어요", "popular now"), Reason(dishes[0]));
        Assert.Equal((2, Chicken, 1_000), (dishes[0].GetProperty("storeId").GetInt32(), dishes[0].GetProperty("dishId").GetInt32(), dishes[0].GetProperty("price").GetInt32()));
        Assert.Equal(2, (await service.Dishes("")).Count);
        Assert.Single(await service.Dishes("?limit=1"));
    }

    [Fact]
    public async Task A_customer_is_recommended_what_goes_with_its_dishes_and_its_own_and_told_why()
    {
        await using var service = await Start();
        await service.Publish(
            Placed(1, "lee", Chicken, Radish), Placed(2, "park", Chicken, Radish), Placed(3, "choi", Pizza), Placed(4, "kim", Chicken), Placed(5, "kim", Chicken));

        var own = await Eventually.Gives(async () =>
        {
            var found = await service.Dishes("?customerId=kim");
            Assert.Equal(3, found.Count);
            Assert.Equal(("your_favourite", "자주 주문하시는 메뉴예요", "you often order it"), Reason(found[0]));
            return found;
        });

        Assert.Equal("통닭", own[0].GetProperty("item").GetString());
        Assert.Equal("치킨무", own[1].GetProperty("item").GetString());
        Assert.Equal(("often_ordered_with", "통닭과 함께 자주 주문돼요", "often ordered with chicken"), Reason(own[1]));
        Assert.Equal(("popular_now", "지금 인기 있어요", "popular now"), Reason(own[2]));
    }

    [Fact]
    public async Task Stores_are_recommended_as_well()
    {
        await using var service = await Start();
        await service.Publish(Placed(1, "kim", Chicken), Placed(2, "kim", Chicken));

        await Eventually.Holds(async () =>
        {
            var store = (await service.Get("/recommendations?customerId=kim")).GetProperty("_embedded").GetProperty("recommendations")
                .EnumerateArray().Single(static one => one.GetProperty("kind").GetString() == "store");
            Assert.Equal(2, store.GetProperty("storeId").GetInt32());
            Assert.Equal(JsonValueKind.Null, store.GetProperty("item").ValueKind);
            Assert.Equal(("your_favourite", "자주 주문하시는 가게예요", "you often order there"), Reason(store));
        });
    }

    [Fact]
    public async Task What_is_cancelled_rejected_sold_out_or_off_the_menu_is_not_recommended()
    {
        await using var service = await Start();
        await service.Publish(Placed(1, "kim", Radish), Placed(2, "kim", Radish), Placed(3, "kim", Pizza), Placed(4, "kim", Chicken));
        await Eventually.Holds(async () => Assert.Equal(3, (await service.Dishes("?customerId=kim")).Count));

        await service.Publish(new OrderRejected { OrderId = 1, StoreId = 2 }, new OrderCancelled { OrderId = 2, StoreId = 2 });
        await Eventually.Holds(async () => Assert.Equal([Chicken, Pizza], (await service.Dishes("?customerId=kim")).Select(Number).Order()));

        await service.PublishMenu(2, [Chicken, Radish, Pizza], soldOut: [Pizza]);
        await Eventually.Holds(async () => Assert.Equal([Chicken], (await service.Dishes("?customerId=kim")).Select(Number)));

        await service.PublishMenu(3, [Pizza]);
        await Eventually.Holds(async () => Assert.Equal([Pizza], (await service.Dishes("?customerId=kim")).Select(Number)));
    }

    [Fact]
    public async Task GRPC_gives_the_same_recommendations()
    {
        await using var service = await Start();
        await service.Publish(Placed(1, "lee", Chicken, Radish), Placed(2, "park", Chicken, Radish), Placed(3, "kim", Chicken), Placed(4, "kim", Chicken));
        await Eventually.Holds(async () => Assert.Equal("your_favourite", Reason((await service.Dishes("?customerId=kim"))[0]).Code));

        var answer = await service.Recommendations.ListRecommendationsAsync(new ListRecommendationsRequest { CustomerId = "kim" });

        Assert.Equal(["통닭", "치킨무"], answer.Dishes.Select(static dish => dish.Item));
        Assert.Equal(RecommendationReason.OftenOrderedWith, answer.Dishes[1].Explanation.Reason);
        Assert.Equal((2, Radish, 2_000), (answer.Dishes[1].StoreId, answer.Dishes[1].DishId, answer.Dishes[1].PriceWon));
        Assert.Equal("통닭과 함께 자주 주문돼요", answer.Dishes[1].Explanation.Ko);
        Assert.Equal(2, Assert.Single(answer.Stores).StoreId);
        Assert.Empty((await service.Recommendations.ListRecommendationsAsync(new ListRecommendationsRequest { Limit = 1 })).Dishes.Skip(1));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=51", "limit")]
    [InlineData("?limit=many", "limit")]
    [InlineData("?customerId=%00", "customerId")]
    [InlineData("?customerId=a&customerId=b", "customerId")]
    public async Task What_cannot_be_answered_is_a_problem_that_names_the_field(string query, string field)
    {
        await using var service = await Start();

        var answer = await service.Rest.GetAsync(new Uri($"/recommendations{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("", -1)]
    [InlineData("", 51)]
    [InlineData("a\u0007", 1)]
    public async Task GRPC_refuses_the_same(string customer, int limit)
    {
        await using var service = await Start();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await service.Recommendations.ListRecommendationsAsync(
            new ListRecommendationsRequest { CustomerId = customer, Limit = limit }));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Contains(refused.Trailers, static trailer => trailer.Key == "grpc-status-details-bin");
    }

    [Fact]
    public async Task A_rebuild_restores_what_was_lost_while_it_serves_and_follows_and_issues_no_coupon_again()
    {
        await using var service = await Start();
        await service.Publish([.. Enumerable.Range(1, 200).Select(static order => Placed(order, $"customer-{order % 20}", Chicken, Radish))]);
        await service.Publish(new OrderCancelled { OrderId = 5, StoreId = 2 }, Delivering(7, "customer-7", DateTimeOffset.UnixEpoch));
        var before = await Eventually.Gives(async () =>
        {
            Assert.Equal((199, 200), await Count(service));
            Assert.Equal(1, (await service.Get("/coupons")).GetProperty("page").GetProperty("totalElements").GetInt32());
            return await service.Dishes("?customerId=customer-3");
        });
        await service.Database.Write(new Batch().Add("delete from dish_scores").Add("delete from customer_tastes"), CancellationToken.None);

        var asked = await service.Rest.PostAsync(new Uri("/operations/recommendations/rebuild", UriKind.Relative), null);
        await service.Publish(Placed(201, "customer-new", Pizza));

        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        await Eventually.Holds(async () =>
        {
            Assert.Equal((200, 201), await Count(service));
            Assert.Equal(HttpStatusCode.NotFound, (await service.Rest.GetAsync(new Uri("/operations/recommendations/rebuild", UriKind.Relative))).StatusCode);
            Assert.Equal(3, (await service.Dishes("?customerId=customer-new")).Count);
        });
        Assert.Equal(before.Select(Reason), (await service.Dishes("?customerId=customer-3")).Take(before.Count).Select(Reason));
        Assert.Equal(1, (await service.Get("/coupons")).GetProperty("page").GetProperty("totalElements").GetInt32());
        await Eventually.Holds(async () => Assert.Equal(201, await service.Database.Read(
            static connection => connection.ExecuteScalarAsync<long>("select count(*) from tallied_orders"), CancellationToken.None)));
    }

    private static Task<(long Counted, long All)> Count(MarketingTestService service) => service.Database.Read(
        static async connection =>
        (
            await connection.ExecuteScalarAsync<long>("select coalesce(sum(times), 0) from store_scores where generation = (select generation from tally_generations where serving = 1)"),
            await connection.ExecuteScalarAsync<long>("select count(*) from tallied_orders where generation = (select generation from tally_generations where serving = 1)")),
        CancellationToken.None);

    private static int Number(JsonElement dish) => dish.GetProperty("dishId").GetInt32();

    private static (string Code, string Ko, string En) Reason(JsonElement of)
    {
        var reason = of.GetProperty("reason");
        return (reason.GetProperty("code").GetString()!, reason.GetProperty("ko").GetString()!, reason.GetProperty("en").GetString()!);
    }
}

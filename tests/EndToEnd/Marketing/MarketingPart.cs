using FoodDelivery.Protos.Marketing.V1;
using FoodDelivery.Tests.EndToEnd.BadInput;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Orders;
using FoodDelivery.Tests.Support.Real;
using Grpc.Net.Client;

namespace FoodDelivery.Tests.EndToEnd.Marketing;

/// <summary>Marketing among the others.</summary>
internal sealed class MarketingPart : IContextPart
{
    public IEnumerable<string> Public =>
    [
        "GET /recommendations", "GET /coupons", "GET /coupons/1",
        "RPC fooddelivery.marketing.v1.RecommendationService/*", "RPC fooddelivery.marketing.v1.CouponService/*",
    ];

    public IEnumerable<Template> Templates(long bystander) =>
    [
        Template.Of("Marketing", CouponService.Descriptor, "GetCoupon", new GetCouponRequest { CouponId = Template.Nobody }),
        Template.Of("Marketing", CouponService.Descriptor, "ListCoupons", new ListCouponsRequest { PageSize = 1, PageToken = "1", CustomerId = "kim", OrderId = bystander }),
        Template.Of("Marketing", RecommendationService.Descriptor, "ListRecommendations", new ListRecommendationsRequest { CustomerId = "kim", Limit = 2 }),
    ];

    public async Task Follows(RealPlatform platform, PlacedOrder order, string customer)
    {
        using var marketing = GrpcChannel.ForAddress(platform.Addresses("marketing-1")[1]);
        await Eventually.Holds(async () =>
        {
            var recommended = await new RecommendationService.RecommendationServiceClient(marketing).ListRecommendationsAsync(
                new ListRecommendationsRequest { CustomerId = customer });
            var first = recommended.Dishes[0];
            Assert.Equal((1, RecommendationReason.OrderedBefore), (first.StoreId, first.Explanation.Reason));
            var answer = (await platform.Rest("Marketing").Get($"/recommendations?customerId={customer}")).Expect(200);
            Assert.Contains(first.Item, answer.Text, StringComparison.Ordinal);
        });
    }
}

using System.Text.Json;
using FoodDelivery.Protos.Marketing.V1;
using FoodDelivery.Tests.Contract.Security;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Contract.Marketing;

/// <summary>Who may call what of Marketing.</summary>
internal sealed class MarketingAccess : IContextAccess
{
    private const string CouponId = "couponId";

    public IEnumerable<Row> Rows =>
    [
        new("Marketing", "GET /recommendations", AccessTable.Customer) { OthersQuery = "?customerId=bob", Others = 403 },
        new("Marketing", "GET /coupons/", AccessTable.Customer) { OthersQuery = "?customerId=bob", Others = 403 },
        new("Marketing", $"GET /coupons/{{{CouponId}}}", AccessTable.Customer) { Others = 404 },
        new("Marketing", "POST /operations/recommendations/rebuild", AccessTable.Operator),
        new("Marketing", "GET /operations/recommendations/rebuild", AccessTable.Operator),
        new("Marketing", "/fooddelivery.marketing.v1.RecommendationService/ListRecommendations", AccessTable.Customer)
        {
            Body = static _ => new ListRecommendationsRequest(),
            OthersBody = static _ => new ListRecommendationsRequest { CustomerId = ClosedPlatform.Bob },
            Others = 403,
        },
        new("Marketing", "/fooddelivery.marketing.v1.CouponService/GetCoupon", AccessTable.Customer)
        {
            Body = static given => new GetCouponRequest { CouponId = given.More[CouponId] }, Others = 404,
        },
        new("Marketing", "/fooddelivery.marketing.v1.CouponService/ListCoupons", AccessTable.Customer)
        {
            Body = static _ => new ListCouponsRequest(), OthersBody = static _ => new ListCouponsRequest { CustomerId = ClosedPlatform.Bob }, Others = 403,
        },
    ];

    public async Task<(string Name, long Number)[]> Own(ClosedPlatform platform, string customer) => await Eventually.Gives(async () =>
    {
        var coupons = await platform.Of("Marketing").Rest("GET", "/coupons", platform.Tokens.For(customer, "customer"));
        return new[] { (CouponId, JsonDocument.Parse(coupons.Text).RootElement.GetProperty("_embedded").GetProperty("coupons")[0].GetProperty("couponId").GetInt64()) };
    });
}

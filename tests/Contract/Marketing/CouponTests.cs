using System.Net;
using System.Text.Json;
using FoodDelivery.Protos.Marketing.V1;
using FoodDelivery.Tests.Support;
using Grpc.Core;
using static FoodDelivery.Tests.Contract.Marketing.MarketingTestService;

namespace FoodDelivery.Tests.Contract.Marketing;

public sealed class CouponTests
{
    private static readonly DateTimeOffset LongAgo = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_delivery_that_starts_gives_one_coupon_however_often_it_is_told()
    {
        await using var service = await Start("--Marketing:CouponDiscountPercent=15", "--Marketing:CouponValidityDays=3");
        await service.Publish(Delivering(7, "김철수", LongAgo), Delivering(7, "김철수", LongAgo), Delivering(8, "lee", DateTimeOffset.UnixEpoch.AddYears(500)));

        var coupon = await Eventually.Gives(async () =>
        {
            Assert.Equal(2, (await service.Get("/coupons")).GetProperty("page").GetProperty("totalElements").GetInt32());
            return Assert.Single((await service.Get("/coupons?customerId=김철수")).GetProperty("_embedded").GetProperty("coupons").EnumerateArray());
        });

        Assert.Equal(7, coupon.GetProperty("orderId").GetInt32());
        Assert.Equal(15, coupon.GetProperty("discountPercent").GetInt32());
        Assert.Equal("expired", coupon.GetProperty("status").GetString());
        Assert.Equal("2026-01-01T12:00:00.000Z", coupon.GetProperty("issuedAt").GetString());
        Assert.Equal("2026-01-04T12:00:00.000Z", coupon.GetProperty("expiresAt").GetString());
        var self = coupon.GetProperty("_links").GetProperty("self").GetProperty("href").GetString()!;
        Assert.Equal(7, (await service.Get(self)).GetProperty("orderId").GetInt32());
        Assert.Equal("valid", (await service.Get("/coupons?orderId=8")).GetProperty("_embedded").GetProperty("coupons")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task GRPC_lists_them_page_by_page()
    {
        await using var service = await Start();
        await service.Publish([.. Enumerable.Range(1, 5).Select(static order => Delivering(order, order < 4 ? "kim" : "lee", LongAgo))]);
        await Eventually.Holds(async () => Assert.Equal(5, (await service.Coupons.ListCouponsAsync(new ListCouponsRequest())).Coupons.Count));

        var first = await service.Coupons.ListCouponsAsync(new ListCouponsRequest { CustomerId = "kim", PageSize = 2 });
        var second = await service.Coupons.ListCouponsAsync(new ListCouponsRequest { CustomerId = "kim", PageSize = 2, PageToken = first.NextPageToken });

        Assert.Equal(2, first.Coupons.Count);
        var last = Assert.Single(second.Coupons);
        Assert.Empty(second.NextPageToken);
        Assert.Equal(10, last.DiscountPercent);
        Assert.Equal(last, (await service.Coupons.GetCouponAsync(new GetCouponRequest { CouponId = last.CouponId })).Coupon);
        Assert.Single((await service.Coupons.ListCouponsAsync(new ListCouponsRequest { OrderId = 5 })).Coupons);
        var missing = await Assert.ThrowsAsync<RpcException>(async () => await service.Coupons.GetCouponAsync(new GetCouponRequest { CouponId = 99 }));
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("/coupons/1", HttpStatusCode.NotFound, null)]
    [InlineData("/coupons/0", HttpStatusCode.BadRequest, "couponId")]
    [InlineData("/coupons/one", HttpStatusCode.BadRequest, "couponId")]
    [InlineData("/coupons?orderId=x", HttpStatusCode.BadRequest, "orderId")]
    [InlineData("/coupons?size=1001", HttpStatusCode.BadRequest, "size")]
    [InlineData("/coupons?customerId=%07", HttpStatusCode.BadRequest, "customerId")]
    public async Task What_cannot_be_answered_is_a_problem(string path, HttpStatusCode status, string? field)
    {
        await using var service = await Start();

        var answer = await service.Rest.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
    }
}

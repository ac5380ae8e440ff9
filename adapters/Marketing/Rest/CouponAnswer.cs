using FoodDelivery.Marketing;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Marketing.Rest;

/// <summary>A coupon as REST answers it.</summary>
/// <param name="CouponId">Its number.</param>
/// <param name="OrderId">The order that it is the thanks for.</param>
/// <param name="StoreId">The order's store.</param>
/// <param name="CustomerId">Whose it is; null if nobody said who had ordered.</param>
/// <param name="DiscountPercent">What it is worth.</param>
/// <param name="Status"><c>valid</c> or <c>expired</c>.</param>
/// <param name="IssuedAt">When the delivery started.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
internal sealed record CouponAnswer(
    long CouponId, long OrderId, long StoreId, string? CustomerId, int DiscountPercent, string Status, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    public static HalResource Resource(Coupon coupon, DateTimeOffset now) => Hal.Resource(
        new CouponAnswer(
            coupon.Number,
            coupon.Order.Value,
            coupon.Store.Value,
            coupon.Customer.OrNull(),
            coupon.DiscountPercent,
            coupon.IsExpired(now) ? "expired" : "valid",
            coupon.IssuedAt,
            coupon.ExpiresAt),
        $"/coupons/{coupon.Number}",
        "coupon");
}

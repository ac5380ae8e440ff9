using FoodDelivery.Marketing;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Marketing.Rest;

/// <summary>A recommendation as REST answers it.</summary>
/// <param name="Kind"><c>dish</c> or <c>store</c>.</param>
/// <param name="Item">The dish as its menu shows it; null for a store.</param>
/// <param name="DishId">The dish's number on the menu; null for a store.</param>
/// <param name="StoreId">The store's number.</param>
/// <param name="Price">The price of one, in won; null for a store.</param>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Reason">Why.</param>
internal sealed record RecommendationAnswer(
    string Kind, string? Item, long? DishId, long StoreId, long? Price, double Score, ReasonAnswer Reason)
{
    public static RecommendationAnswer Of(RecommendedDish one) => new(
        "dish", one.Dish.Name, one.Dish.Id.Number, one.Dish.Id.Store.Value, one.Dish.Price.Won, Math.Round(one.Score, 4), ReasonAnswer.Of(one.Reason));

    public static RecommendationAnswer Of(RecommendedStore one) =>
        new("store", null, null, one.Store.Value, null, Math.Round(one.Score, 4), ReasonAnswer.Of(one.Reason));
}

/// <summary>Why something is recommended.</summary>
/// <param name="Code"><c>your_favourite</c>, <c>ordered_before</c>, <c>often_ordered_with</c> or <c>popular_now</c>.</param>
/// <param name="Ko">In Korean.</param>
/// <param name="En">In English.</param>
internal sealed record ReasonAnswer(string Code, string Ko, string En)
{
    public static ReasonAnswer Of(Reason reason) => new(
        reason.Code switch
        {
            ReasonCode.YourFavourite => "your_favourite",
            ReasonCode.OrderedBefore => "ordered_before",
            ReasonCode.OftenOrderedWith => "often_ordered_with",
            ReasonCode.PopularNow => "popular_now",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason.Code, "A reason without a word."),
        },
        reason.Ko,
        reason.En);
}

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

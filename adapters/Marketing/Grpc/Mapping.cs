using FoodDelivery.Marketing;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Marketing.V1;

namespace FoodDelivery.Adapters.Marketing.Grpc;

/// <summary>The domain as protos.</summary>
internal static class Mapping
{
    public static Proto.Coupon ToProto(this Coupon coupon) => new()
    {
        CouponId = coupon.Number,
        OrderId = coupon.Order.Value,
        StoreId = coupon.Store.Value,
        CustomerId = coupon.Customer,
        DiscountPercent = coupon.DiscountPercent,
        IssuedAt = coupon.IssuedAt.ToTimestamp(),
        ExpiresAt = coupon.ExpiresAt.ToTimestamp(),
    };

    public static Proto.RecommendedDish ToProto(this RecommendedDish one) => new()
    {
        StoreId = one.Dish.Id.Store.Value,
        DishId = one.Dish.Id.Number,
        Item = one.Dish.Name,
        PriceWon = one.Dish.Price.Won,
        Score = one.Score,
        Explanation = one.Reason.ToProto(),
    };

    public static Proto.RecommendedStore ToProto(this RecommendedStore one) => new()
    {
        StoreId = one.Store.Value,
        Score = one.Score,
        Explanation = one.Reason.ToProto(),
    };

    // The domain's codes have the contract's numbers.
    private static Proto.RecommendationExplanation ToProto(this Reason reason) =>
        new() { Reason = (Proto.RecommendationReason)reason.Code, Ko = reason.Ko, En = reason.En };
}

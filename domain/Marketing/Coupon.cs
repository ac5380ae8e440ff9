namespace FoodDelivery.Marketing;

/// <summary>A discount on a later order, as thanks for one that is on its way.</summary>
/// <param name="Number">Its number; 0 for one that has not been issued yet.</param>
/// <param name="Order">The order that it is the thanks for; one coupon each.</param>
/// <param name="Store">The store that the order was placed with.</param>
/// <param name="Customer">Whose it is; empty if nobody said who had ordered.</param>
/// <param name="DiscountPercent">1 to 100.</param>
/// <param name="IssuedAt">When the delivery started.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
public sealed record Coupon(
    long Number, OrderId Order, StoreId Store, string Customer, int DiscountPercent, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether it is worth nothing any more.</summary>
    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;
}

/// <summary>What a coupon is worth.</summary>
/// <param name="DiscountPercent">1 to 100.</param>
/// <param name="Validity">For how long.</param>
public sealed record CouponTerms(int DiscountPercent, TimeSpan Validity);

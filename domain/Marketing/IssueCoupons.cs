using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing;

/// <summary>An order is on its way to the customer.</summary>
/// <param name="Order">The order.</param>
/// <param name="Store">Its store.</param>
/// <param name="Customer">Who placed it; empty if nobody said.</param>
/// <param name="At">When the delivery started.</param>
public sealed record DeliveryStarted(OrderId Order, StoreId Store, string Customer, DateTimeOffset At);

/// <summary>Issues a coupon when a delivery starts.</summary>
/// <param name="coupons">The coupons.</param>
/// <param name="terms">What they are worth.</param>
public sealed class IssueCouponsHandler(ICoupons coupons, CouponTerms terms)
{
    /// <summary>Issues the order's coupon, once, whatever the number of the event's deliveries. It dates from the delivery, however late this context hears of it.</summary>
    public Task Handle(DeliveryStarted started, MessageContext context, CancellationToken cancellation) => coupons.Issue(
        new Coupon(0, started.Order, started.Store, started.Customer, terms.DiscountPercent, started.At, started.At + terms.Validity), context, cancellation);
}

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

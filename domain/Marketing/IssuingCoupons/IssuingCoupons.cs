using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing.IssuingCoupons;

/// <summary>An order is on its way to the customer.</summary>
/// <param name="Order">The order.</param>
/// <param name="Store">Its store.</param>
/// <param name="Customer">Who placed it; empty if nobody said.</param>
/// <param name="At">When the delivery started.</param>
public sealed record DeliveryStarted(OrderId Order, StoreId Store, string Customer, DateTimeOffset At);

/// <summary>Issues a coupon when a delivery starts.</summary>
/// <param name="coupons">The coupons.</param>
/// <param name="terms">What they are worth.</param>
public sealed class IssuingCoupons(ICoupons coupons, CouponTerms terms)
{
    /// <summary>Issues the order's coupon, once, whatever the number of the event's deliveries. It dates from the delivery, however late this context hears of it.</summary>
    public Task Handle(DeliveryStarted started, MessageContext cause, CancellationToken cancellation) => coupons.Issue(
        new Coupon(0, started.Order, started.Store, started.Customer, terms.DiscountPercent, started.At, started.At + terms.Validity), cause, cancellation);
}

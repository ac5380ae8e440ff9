using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Adapters.Marketing;

/// <summary>The coupons for callers whose reach ends at their own; what lies beyond it is not there.</summary>
internal static class OwnCoupons
{
    public static async Task<Result<Coupon>> Get(this ICoupons coupons, long number, AccessScope reach, CancellationToken cancellation)
    {
        var found = await coupons.Get(number, cancellation);
        return found.IsError(out _, out var coupon) || reach.CoversCustomer(coupon.Customer) ? found : Error.NotFound("coupon", number);
    }
}

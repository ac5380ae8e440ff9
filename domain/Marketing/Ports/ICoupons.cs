namespace FoodDelivery.Marketing.Ports;

/// <summary>The coupons that were issued.</summary>
public interface ICoupons
{
    /// <summary>Gives the coupon a number and keeps it, unless its order has one.</summary>
    Task Issue(Coupon coupon, MessageContext context, CancellationToken cancellation);

    /// <summary>The coupon with that number, or null.</summary>
    Task<Coupon?> Find(long number, CancellationToken cancellation);

    /// <summary>Coupons with larger numbers than <paramref name="after"/>, oldest first.</summary>
    /// <param name="of">Which.</param>
    /// <param name="after">Where the page before ended; 0 for the first.</param>
    /// <param name="skip">How many of them to leave out.</param>
    /// <param name="atMost">How many at the most.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<Coupon>> List(CouponFilter of, long after, long skip, int atMost, CancellationToken cancellation);

    /// <summary>How many there are; counting ends at <paramref name="cap"/>.</summary>
    Task<long> Count(CouponFilter of, int cap, CancellationToken cancellation);
}

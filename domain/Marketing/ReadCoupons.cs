using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing;

/// <summary>One coupon.</summary>
public sealed class GetCouponHandler(ICoupons coupons)
{
    /// <summary>The coupon, or that there is none, which is also said of one beyond the scope.</summary>
    public async Task<Result<Coupon>> Handle(long number, AccessScope scope, CancellationToken cancellation)
    {
        if (number <= 0)
            return Error.Invalid("couponId", "A coupon's number is positive.");

        return await coupons.Find(number, cancellation) is { } coupon && scope.CoversCustomer(coupon.Customer, number)
            ? coupon
            : Error.NotFound("coupon", number);
    }
}

/// <summary>Coupons, oldest first.</summary>
/// <param name="Customer">Only this customer's; null or empty: all that the caller may see.</param>
/// <param name="Order">Only this order's; null: all orders'.</param>
/// <param name="After">Only those with larger numbers; 0 for all.</param>
/// <param name="Skip">How many are left out.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="CountUpTo">Where counting ends; 0: they are not counted.</param>
public sealed record ListCoupons(
    string? Customer, OrderId? Order, long After, long Skip, int Limit, int CountUpTo = 0);

/// <summary>Some coupons.</summary>
/// <param name="Of">Which were asked for: the customer is the one that was named, or else the caller.</param>
/// <param name="Coupons">Oldest first.</param>
/// <param name="Total">How many there are in all, as far as they were counted.</param>
public sealed record CouponPage(CouponFilter Of, IReadOnlyList<Coupon> Coupons, long Total);

/// <summary>Coupons, oldest first.</summary>
public sealed class ListCouponsHandler(ICoupons coupons)
{
    /// <summary>The coupons, or what is wrong with the question.</summary>
    public async Task<Result<CouponPage>> Handle(ListCoupons query, AccessScope scope, CancellationToken cancellation)
    {
        if (scope.For(query.Customer).IsError(out var refusal, out var customer))
            return refusal;

        if (CustomerName.Validate(customer) is { } error)
            return error;

        var of = new CouponFilter(customer.Length == 0 ? null : customer, query.Order);
        return new CouponPage(
            of,
            await coupons.List(of, query.After, query.Skip, query.Limit, cancellation),
            query.CountUpTo == 0 ? 0 : await coupons.Count(of, query.CountUpTo, cancellation));
    }
}

/// <summary>Which coupons are asked for.</summary>
/// <param name="Customer">Only this customer's; null for all.</param>
/// <param name="Order">Only this order's; null for all.</param>
public sealed record CouponFilter(string? Customer, OrderId? Order);

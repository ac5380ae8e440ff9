using FoodDelivery.Kernel;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Tests.Domain.Marketing;

/// <summary>The use cases decide by the caller's scope: what lies beyond it is not there.</summary>
public sealed class ScopeTests
{
    private static readonly AccessScope Kim = AccessScope.OfCustomer("kim");
    private static readonly InMemoryCoupons Coupons = new(Of(1, "kim"), Of(2, "lee"));

    [Fact]
    public async Task Anothers_coupon_is_not_found()
    {
        var handler = new GetCouponHandler(Coupons);

        Assert.Equal(1, (await handler.Handle(1, Kim, default)).Value.Number);
        Assert.Equal(2, (await handler.Handle(2, AccessScope.Everything, default)).Value.Number);
        Assert.Equal(("COUPON_NOT_FOUND", "COUPON_NOT_FOUND"), ((await handler.Handle(2, Kim, default)).Error?.Reason, (await handler.Handle(3, Kim, default)).Error?.Reason));
        Assert.Equal(ErrorKind.Invalid, (await handler.Handle(0, Kim, default)).Error?.Kind);
    }

    [Fact]
    public async Task A_customer_lists_its_own_coupons_and_may_name_nobody_else()
    {
        var handler = new ListCouponsHandler(Coupons);

        var own = (await handler.Handle(new ListCoupons(null, null, 0, 0, 10, 10), Kim, default)).Value;
        Assert.Equal(("kim", 1L, 1L), (own.Of.Customer, own.Total, Assert.Single(own.Coupons).Number));
        Assert.Equal(2, (await handler.Handle(new ListCoupons("", null, 0, 0, 10), AccessScope.Everything, default)).Value.Coupons.Count);
        Assert.Equal("customerId", (await handler.Handle(new ListCoupons("lee", null, 0, 0, 10), Kim, default)).Error?.Field);
        Assert.Equal(ErrorKind.Invalid, (await handler.Handle(new ListCoupons("a\u0007", null, 0, 0, 10), AccessScope.Everything, default)).Error?.Kind);
    }

    private static Coupon Of(long number, string customer) => new(number, new(number), new(1), customer, 10, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private sealed class InMemoryCoupons(params Coupon[] coupons) : ICoupons
    {
        public Task Issue(Coupon coupon, MessageContext context, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Coupon?> Find(long number, CancellationToken cancellation) => Task.FromResult(coupons.FirstOrDefault(coupon => coupon.Number == number));

        public Task<IReadOnlyList<Coupon>> List(CouponFilter of, long after, long skip, int atMost, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Coupon>>([.. coupons.Where(coupon => (of.Customer ?? coupon.Customer) == coupon.Customer)]);

        public async Task<long> Count(CouponFilter of, int cap, CancellationToken cancellation) => (await List(of, 0, 0, cap, cancellation)).Count;
    }
}

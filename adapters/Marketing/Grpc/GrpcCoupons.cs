using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Marketing.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Coupon = FoodDelivery.Marketing.Coupon;

namespace FoodDelivery.Adapters.Marketing.Grpc;

/// <summary>Coupons over gRPC.</summary>
internal sealed class GrpcCoupons(ICoupons coupons) : CouponService.CouponServiceBase
{
    public override async Task<GetCouponResponse> GetCoupon(GetCouponRequest request, ServerCallContext context)
    {
        if ((await coupons.Get(request.CouponId, context.AccessScope(), context.CancellationToken)).IsError(out var rejection, out var coupon))
            throw rejection.ToRpcException();
        return new GetCouponResponse { Coupon = ToProto(coupon) };
    }

    public override async Task<ListCouponsResponse> ListCoupons(ListCouponsRequest request, ServerCallContext context)
    {
        if (PageRequest.Of(request.PageSize, request.PageToken).IsError(out var rejection, out var page))
            throw rejection.ToRpcException();
        if (CustomerName.Validate(request.CustomerId) is { } flaw)
            throw flaw.ToRpcException();
        var customer = context.AccessScope().For(request.CustomerId, "customer_id").ValueOrThrow();
        var filter = new CouponFilter(
            customer.Length == 0 ? null : customer, request.HasOrderId ? new OrderId(request.OrderId) : null);
        var found = await coupons.List(filter, page.After ?? 0, skip: 0, page.Size + 1, context.CancellationToken);
        return new ListCouponsResponse
        {
            Coupons = { found.Take(page.Size).Select(ToProto) },
            NextPageToken = page.Next(found, static coupon => coupon.Number),
        };
    }

    private static Protos.Marketing.V1.Coupon ToProto(Coupon coupon) => new()
    {
        CouponId = coupon.Number,
        OrderId = coupon.Order.Value,
        StoreId = coupon.Store.Value,
        CustomerId = coupon.Customer,
        DiscountPercent = coupon.DiscountPercent,
        IssuedAt = coupon.IssuedAt.ToTimestamp(),
        ExpiresAt = coupon.ExpiresAt.ToTimestamp(),
    };
}

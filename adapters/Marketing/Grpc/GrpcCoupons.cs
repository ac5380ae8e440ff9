using FoodDelivery.Marketing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Marketing.V1;
using Grpc.Core;

namespace FoodDelivery.Adapters.Marketing.Grpc;

/// <summary>Coupons over gRPC.</summary>
internal sealed class GrpcCoupons(GetCouponHandler get, ListCouponsHandler list) : CouponService.CouponServiceBase
{
    public override async Task<GetCouponResponse> GetCoupon(GetCouponRequest request, ServerCallContext context) =>
        new() { Coupon = (await get.Handle(request.CouponId, context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto() };

    public override async Task<ListCouponsResponse> ListCoupons(ListCouponsRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        var query = new ListCoupons(
            request.CustomerId,
            request.HasOrderId ? new OrderId(request.OrderId) : null,
            page.After ?? 0,
            Skip: 0,
            page.Size + 1);
        var found = (await list.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow().Coupons;
        return new ListCouponsResponse
        {
            Coupons = { found.Take(page.Size).Select(Mapping.ToProto) },
            NextPageToken = page.Next(found, static coupon => coupon.Number),
        };
    }
}

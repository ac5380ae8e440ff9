using System.Globalization;
using FoodDelivery.Marketing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Marketing.Rest;

/// <summary>The coupons that were issued.</summary>
internal static class CouponRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/coupons").WithTags("Coupons");
        group.MapGet("", List)
            .AllowRoles(Roles.Customer)
            .WithName("ListCoupons")
            .WithSummary("The coupons, oldest first; with customerId or orderId only those.")
            .Produces<CouponAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{couponId}", Get)
            .AllowRoles(Roles.Customer)
            .WithName("GetCoupon")
            .WithSummary("A coupon.")
            .Produces<CouponAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(string? customerId, HttpContext context, ListCouponsHandler handler, TimeProvider clock)
    {
        const long all = 0;
        if (Paging.From(context.Request).IsError(out var refusal, out var paging)
            || !QueryInteger.TryRead(context.Request, "orderId", all, 1, long.MaxValue, out var orderId, out refusal)
            || (await handler.Handle(
                new ListCoupons(customerId, orderId == all ? null : new OrderId(orderId), After: 0, paging.Offset, paging.Size, Total.Cap + 1),
                context.AccessScope(),
                context.RequestAborted)).IsError(out refusal, out var page))
        {
            return refusal.ToProblem();
        }

        var now = clock.GetUtcNow();
        return Hal.Collection(
            "coupons", [.. page.Coupons.Select(coupon => CouponAnswer.Resource(coupon, now))], paging, Total.OfLimited(page.Total), Path(page.Of));
    }

    private static async Task<IResult> Get(string couponId, HttpContext context, GetCouponHandler handler, TimeProvider clock)
    {
        if (!long.TryParse(couponId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return Error.Invalid("couponId", "A coupon's number is a whole number.").ToProblem();
        return (await handler.Handle(number, context.AccessScope(), context.RequestAborted)).ToResult(coupon => CouponAnswer.Resource(coupon, clock.GetUtcNow()));
    }

    private static string Path(CouponFilter filter)
    {
        string?[] query =
        [
            filter.Customer is null ? null : $"customerId={Uri.EscapeDataString(filter.Customer)}",
            filter.Order is null ? null : $"orderId={filter.Order}",
        ];
        var given = query.OfType<string>().ToList();
        return given.Count == 0 ? "/coupons" : $"/coupons?{string.Join('&', given)}";
    }
}

using System.Globalization;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
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
    public static IEndpointRouteBuilder MapCoupons(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/coupons").WithTags("Coupons");
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
        return routes;
    }

    private static async Task<IResult> List(string? customerId, HttpRequest request, ICoupons coupons, TimeProvider clock, CancellationToken cancellation)
    {
        const long all = 0;
        if (Paging.From(request).IsError(out var rejection, out var paging)
            || !QueryInteger.TryRead(request, "orderId", all, 1, long.MaxValue, out var orderId, out rejection)
            || request.HttpContext.AccessScope().For(customerId).IsError(out rejection, out var named))
        {
            return rejection.ToProblem();
        }

        var customer = named.Length == 0 ? null : named;
        if (customer is not null && CustomerName.Validate(customer) is { } flaw)
            return flaw.ToProblem();
        var filter = new CouponFilter(customer, orderId == all ? null : new OrderId(orderId));
        var found = await coupons.List(filter, after: 0, paging.Offset, paging.Size, cancellation);
        var total = Total.OfLimited(await coupons.Count(filter, Total.Cap + 1, cancellation));
        var now = clock.GetUtcNow();
        return Hal.Collection("coupons", [.. found.Select(coupon => CouponAnswer.Resource(coupon, now))], paging, total, Path(filter));
    }

    private static async Task<IResult> Get(string couponId, HttpContext context, ICoupons coupons, TimeProvider clock, CancellationToken cancellation)
    {
        if (!long.TryParse(couponId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return Error.Invalid("couponId", "A coupon's number is a whole number.").ToProblem();
        return (await coupons.Get(number, context.AccessScope(), cancellation)).ToResult(coupon => CouponAnswer.Resource(coupon, clock.GetUtcNow()));
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

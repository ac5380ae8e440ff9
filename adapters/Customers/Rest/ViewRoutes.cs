using System.Globalization;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>Where orders are, in whichever words.</summary>
internal static class ViewRoutes
{
    public static IEndpointRouteBuilder MapOrderStatuses(this IEndpointRouteBuilder routes) => routes.MapView(
        "orderStatuses", ("ListOrderStatuses", "Where the orders are"),
        "orderStatus", ("GetOrderStatus", "Where an order is, and how it came there"),
        "Order statuses", OrderStatusAnswer.Of);

    public static IEndpointRouteBuilder MapMyPages(this IEndpointRouteBuilder routes) => routes.MapView(
        "mypages", ("ListMyPages", "The orders in a bakery's words"),
        "mypage", ("GetMyPage", "An order in a bakery's words"),
        "My pages", MyPageAnswer.Of);

    private static IEndpointRouteBuilder MapView<TAnswer>(
        this IEndpointRouteBuilder routes,
        string collection,
        (string Name, string Summary) list,
        string member,
        (string Name, string Summary) get,
        string tag,
        Func<OrderStatusView, TAnswer> answer)
        where TAnswer : class
    {
        var group = routes.MapGroup($"/{collection}").WithTags(tag);
        group.MapGet("", List)
            .AllowRoles(Roles.Customer)
            .WithName(list.Name)
            .WithSummary($"{list.Summary}, newest first; with customerId only that customer's.")
            .Produces<TAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{orderId}", Get)
            .AllowRoles(Roles.Customer)
            .WithName(get.Name)
            .WithSummary($"{get.Summary}.")
            .Produces<TAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        return routes;

        HalResource Resource(OrderStatusView view) => Hal.Resource(answer(view), $"/{collection}/{view.OrderId}", member);

        async Task<IResult> List(string? customerId, HttpRequest request, IOrderStatuses statuses, CancellationToken cancellation)
        {
            if (Paging.From(request).IsError(out var rejection, out var paging)
                || request.HttpContext.AccessScope().For(customerId).IsError(out rejection, out var named))
            {
                return rejection.ToProblem();
            }

            var customer = named.Length == 0 ? null : named;
            var page = await statuses.Page(customer, paging.Number, paging.Size, cancellation);
            var path = customer is null ? $"/{collection}" : $"/{collection}?customerId={Uri.EscapeDataString(customer)}";
            return Hal.Collection(collection, [.. page.Items.Select(Resource)], paging, new Total(page.Total, page.Capped), path);
        }

        async Task<IResult> Get(string orderId, HttpContext context, IOrderStatuses statuses, CancellationToken cancellation)
        {
            if (!long.TryParse(orderId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return Error.Invalid("orderId", "An order's number is a whole number.").ToProblem();
            return (await statuses.Get(new OrderId(number), context.AccessScope(), cancellation)).ToResult(Resource);
        }
    }
}

using System.Globalization;
using FoodDelivery.Customers;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>Where orders are, in whichever words.</summary>
internal static class OrderStatusRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        Map(
            app,
            "orderStatuses", ("ListOrderStatuses", "Where the orders are"),
            "orderStatus", ("GetOrderStatus", "Where an order is, and how it came there"),
            "Order statuses", OrderStatusAnswer.Of);
        Map(
            app,
            "mypages", ("ListMyPages", "The orders in a bakery's words"),
            "mypage", ("GetMyPage", "An order in a bakery's words"),
            "My pages", MyPageAnswer.Of);
    }

    private static void Map<TAnswer>(
        IEndpointRouteBuilder app,
        string collection,
        (string Name, string Summary) list,
        string member,
        (string Name, string Summary) get,
        string tag,
        Func<OrderStatusView, TAnswer> answer)
        where TAnswer : class
    {
        var group = app.MapGroup($"/{collection}").WithTags(tag);
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
        HalResource Resource(OrderStatusView view) => Hal.Resource(answer(view), $"/{collection}/{view.OrderId}", member);

        async Task<IResult> List(string? customerId, HttpContext context, ListStatusesHandler handler)
        {
            if (Paging.From(context.Request, sortsByOrder: true).IsError(out var refusal, out var paging)
                || (await handler.Handle(
                    new PageStatuses(customerId, paging.Number, paging.Size, Direction: paging.Direction),
                    context.AccessScope(),
                    context.RequestAborted)).IsError(out refusal, out var page))
            {
                return refusal.ToProblem();
            }

            var path = page.Customer is not { } customer ? $"/{collection}" : $"/{collection}?customerId={Uri.EscapeDataString(customer)}";
            return Hal.Collection(collection, [.. page.Items.Select(Resource)], paging, new Total(page.Total, page.Capped), path);
        }

        async Task<IResult> Get(string orderId, HttpContext context, GetStatusHandler handler)
        {
            if (!long.TryParse(orderId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return Error.Invalid("orderId", "An order's number is a whole number.").ToProblem();
            return (await handler.Handle(new OrderId(number), context.AccessScope(), context.RequestAborted)).ToResult(Resource);
        }
    }
}

using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>Where orders are.</summary>
internal static class OrderStatusRoutes
{
    public static IEndpointRouteBuilder MapOrderStatuses(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/orderStatuses").WithTags("Order statuses");
        group.MapGet("", List)
            .WithName("ListOrderStatuses")
            .WithSummary("Where the orders are, newest first; with customerId only that customer's.")
            .Produces<OrderStatusAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{orderId}", Get)
            .WithName("GetOrderStatus")
            .WithSummary("Where an order is, and how it came there.")
            .Produces<OrderStatusAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        return routes;
    }

    private static Task<IResult> List(string? customerId, HttpRequest request, IOrderStatuses statuses, CancellationToken cancellation) =>
        ViewPages.List(request, statuses, customerId, "orderStatuses", Resource, cancellation);

    private static Task<IResult> Get(string orderId, IOrderStatuses statuses, CancellationToken cancellation) =>
        ViewPages.Get(orderId, statuses, Resource, cancellation);

    private static HalResource Resource(OrderStatusView view) =>
        Hal.Resource(OrderStatusAnswer.Of(view), $"/orderStatuses/{view.OrderId}", "orderStatus");
}

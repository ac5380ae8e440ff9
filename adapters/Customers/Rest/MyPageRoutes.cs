using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>The same view in a bakery's words.</summary>
internal static class MyPageRoutes
{
    public static IEndpointRouteBuilder MapMyPages(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/mypages").WithTags("My pages");
        group.MapGet("", List)
            .WithName("ListMyPages")
            .WithSummary("The orders in a bakery's words, newest first; with customerId only that customer's.")
            .Produces<MyPageAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{orderId}", Get)
            .WithName("GetMyPage")
            .WithSummary("An order in a bakery's words.")
            .Produces<MyPageAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        return routes;
    }

    private static Task<IResult> List(string? customerId, HttpRequest request, IOrderStatuses statuses, CancellationToken cancellation) =>
        ViewPages.List(request, statuses, customerId, "mypages", Resource, cancellation);

    private static Task<IResult> Get(string orderId, IOrderStatuses statuses, CancellationToken cancellation) =>
        ViewPages.Get(orderId, statuses, Resource, cancellation);

    private static HalResource Resource(OrderStatusView view) => Hal.Resource(MyPageAnswer.Of(view), $"/mypages/{view.OrderId}", "mypage");
}

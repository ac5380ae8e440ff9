using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Ordering.Rest;

/// <summary>Ordering's routes.</summary>
public static class OrderingRest
{
    private static readonly string[] CancelMethods = [HttpMethods.Put, HttpMethods.Patch];

    /// <summary>Answers <c>/orders</c>, and the same under the name that testers of an earlier system know.</summary>
    public static IEndpointRouteBuilder MapOrderingRest(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints.MapGroup("/orders").WithTags("Orders"));
        Map(endpoints.MapGroup("/주문s").ExcludeFromDescription());
        return endpoints;
    }

    private static void Map(RouteGroupBuilder orders)
    {
        orders.MapPost("", OrderRoutes.Place)
            .AllowRoles(Roles.Customer)
            .WithSummary("Place an order and pay")
            .WithDescription(
                "The order exists only when it is paid. Repeated under the same Idempotency-Key it is the same order and the same payment. "
                + "A declined card is 422 with the attempt's orderId; payment down or overloaded is 503 with Retry-After, and nothing is left behind.")
            .Takes<PlaceOrderBody>()
            .Produces<OrderFields>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);
        orders.MapGet("", OrderRoutes.List)
            .AllowRoles(Roles.Customer)
            .WithSummary("List orders, newest first")
            .WithDescription("?page=&size=, and ?customerId= for one customer's. totalElements stops at a cap, and then says so.")
            .ProducesPage<OrderFields>("orders")
            .Refuses(StatusCodes.Status400BadRequest);
        orders.MapGet("/{id:long}", OrderRoutes.Get)
            .AllowRoles(Roles.Customer)
            .WithSummary("Show an order")
            .Produces<OrderFields>()
            .Refuses(StatusCodes.Status404NotFound);
        orders.MapMethods("/{id:long}", CancelMethods, OrderRoutes.Change)
            .AllowRoles(Roles.Customer)
            .WithSummary("Ask to cancel an order")
            .WithDescription("The store decides when the request reaches it. Asking twice is the same as asking once.")
            .Takes<ChangeOrderBody>()
            .Produces<OrderFields>(StatusCodes.Status202Accepted)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        orders.MapDelete("/{id:long}", OrderRoutes.Delete)
            .AllowRoles(Roles.Customer)
            .WithSummary("Ask to cancel an order")
            .WithDescription("The same as PUT with status order_cancel_request; ?reason= may say why.")
            .Produces<OrderFields>(StatusCodes.Status202Accepted)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }
}

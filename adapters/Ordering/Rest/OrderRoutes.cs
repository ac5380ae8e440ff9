using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Ordering.Rest;

/// <summary>Orders over REST: translation there and back, and no rule.</summary>
internal static class OrderRoutes
{
    private static readonly string[] CancelMethods = [HttpMethods.Put, HttpMethods.Patch];

    /// <summary>Answers <c>/orders</c>, and the same under the name that testers of an earlier system know.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        Map(app.MapGroup("/orders").WithTags("Orders"));
        Map(app.MapGroup("/주문s").ExcludeFromDescription());
    }

    private static void Map(RouteGroupBuilder orders)
    {
        orders.MapPost("", Place)
            .AllowRoles(Roles.Customer)
            .WithSummary("Place an order and pay")
            .WithDescription(
                "The order exists only when it is paid. Repeated under the same Idempotency-Key it is the same order and the same payment. "
                + "A declined card is 422 with the attempt's orderId; payment down or overloaded is 503 with Retry-After, and nothing is left behind.")
            .Takes<PlaceOrderBody>()
            .Produces<OrderFields>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);
        orders.MapGet("", List)
            .AllowRoles(Roles.Customer)
            .WithSummary("List orders, newest first unless sort says otherwise")
            .WithDescription("?page=&size=&sort=orderId,asc or desc, and ?customerId= for one customer's. totalElements stops at a cap, and then says so.")
            .ProducesPage<OrderFields>("orders")
            .Refuses(StatusCodes.Status400BadRequest);
        orders.MapGet("/{id:long}", Get)
            .AllowRoles(Roles.Customer)
            .WithSummary("Show an order")
            .Produces<OrderFields>()
            .Refuses(StatusCodes.Status404NotFound);
        orders.MapMethods("/{id:long}", CancelMethods, Change)
            .AllowRoles(Roles.Customer)
            .WithSummary("Ask to cancel an order")
            .WithDescription("The store decides when the request reaches it. Asking twice is the same as asking once.")
            .Takes<ChangeOrderBody>()
            .Produces<OrderFields>(StatusCodes.Status202Accepted)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        orders.MapDelete("/{id:long}", Delete)
            .AllowRoles(Roles.Customer)
            .WithSummary("Ask to cancel an order")
            .WithDescription("The same as PUT with status order_cancel_request; ?reason= may say why.")
            .Produces<OrderFields>(StatusCodes.Status202Accepted)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> Place(HttpContext context, PlaceOrderHandler placing)
    {
        if (IdempotencyKey.From(context.Request).IsError(out var refusal, out var key)
            || (await RequestBody.Read(context)).IsError(out refusal, out var body)
            || PlaceOrderBody.Read(body, Key(context, key)).IsError(out refusal, out var command))
        {
            return refusal.ToProblem();
        }

        var placed = await placing.Handle(command, context.AccessScope(), context.MessageContext(), context.RequestAborted);
        return PlaceOrderBody.Named(placed, body).ToResult(static order => OrderFields.Resource(order).Created());
    }

    private static async Task<IResult> Get(long id, HttpContext context, GetOrderHandler getting) =>
        (await getting.Handle(new OrderId(id), context.AccessScope(), context.RequestAborted)).ToResult(OrderFields.Resource);

    private static async Task<IResult> List(HttpContext context, ListOrdersHandler listing)
    {
        if (Paging.From(context.Request, sortsByOrder: true).IsError(out var refusal, out var paging)
            || (await listing.Handle(
                new ListOrders(
                    context.Request.Query["customerId"], Before: null, paging.Offset, paging.Size, Total.Cap + 1, Direction: paging.Direction),
                context.AccessScope(),
                context.RequestAborted)).IsError(out refusal, out var page))
        {
            return refusal.ToProblem();
        }

        var path = page.Customer is null ? "/orders" : $"/orders?customerId={Uri.EscapeDataString(page.Customer)}";
        return Hal.Collection("orders", [.. page.Orders.Select(OrderFields.Resource)], paging, Total.OfLimited(page.Total), path);
    }

    private static async Task<IResult> Change(long id, HttpContext context, CancelOrderHandler cancelling)
    {
        if ((await RequestBody.Read(context)).IsError(out var refusal, out var body)
            || ChangeOrderBody.Read(body, new OrderId(id)).IsError(out refusal, out var command))
        {
            return refusal.ToProblem();
        }

        return await Cancel(command, context, cancelling);
    }

    private static Task<IResult> Delete(long id, HttpContext context, CancelOrderHandler cancelling) =>
        Cancel(new CancelOrder(new OrderId(id), context.Request.Query["reason"].ToString()), context, cancelling);

    private static async Task<IResult> Cancel(CancelOrder command, HttpContext context, CancelOrderHandler cancelling) =>
        (await cancelling.Handle(command, context.AccessScope(), context.MessageContext(), context.RequestAborted))
            .ToResult(static order => OrderFields.Resource(order).Accepted());

    private static RequestKey? Key(HttpContext context, IdempotencyKey key) =>
        key.Value is null ? null : new RequestKey(Caller.Of(context), key.Value);
}

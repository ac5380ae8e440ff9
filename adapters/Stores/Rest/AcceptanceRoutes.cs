using System.ComponentModel;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>Accepting an order as two earlier systems say it.</summary>
internal static class AcceptanceRoutes
{
    public const string Confirmed = "Confirmed";

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var path in new[] { "/bakeries", "/주문처리s" })
        {
            app.MapGet(path, (HttpContext context, ListTicketsHandler handler) => TicketRoutes.List(context, handler, path, path[1..]))
                .AllowRoles(Roles.Owner)
                .WithTags("Deliveries")
                .WithSummary("The stores' tickets, newest order first")
                .ProducesPage<TicketFields>(path[1..])
                .Refuses(StatusCodes.Status400BadRequest);
            app.MapPost(path, Accept)
                .AllowRoles(Roles.Owner)
                .WithTags("Deliveries")
                .WithSummary("The owner accepts an order")
                .WithDescription("Repeated under the same Idempotency-Key it gives the same answer.")
                .Takes<AcceptanceBody>()
                .Refuses(StatusCodes.Status400BadRequest)
                .Produces<TicketFields>(StatusCodes.Status201Created)
                .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> Accept(HttpContext context, AcceptTicketHandler handler)
    {
        if (Platform.Hosting.Rest.IdempotencyKey.From(context.Request).IsError(out var rejection, out var key)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || !body.TryInteger(out var order, out rejection, "orderId")
            || !body.TryText(out var status, out rejection, "status"))
        {
            return rejection.ToProblem();
        }

        if (order is not > 0)
            return Error.Invalid("orderId", "orderId must be the number of an order.").ToProblem();

        if (!string.Equals(status ?? Confirmed, Confirmed, StringComparison.OrdinalIgnoreCase))
            return Error.Invalid("status", $"status must be {Confirmed}.").ToProblem();

        var command = new AcceptTicket(
            new OrderId(order.Value), key.Value is null ? null : new FoodDelivery.Stores.IdempotencyKey(Caller.Of(context), key.Value));
        var accepted = await handler.Handle(command, context.AccessScope(), context.MessageContext(), context.RequestAborted);
        return accepted.ToResult(static ticket => TicketFields.Of(ticket).Created());
    }
}

/// <summary>The body that accepts an order.</summary>
internal sealed record AcceptanceBody(
    [property: Description("Which order")] long OrderId,
    [property: Description(AcceptanceRoutes.Confirmed)] string? Status);

using System.ComponentModel;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Stores.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>The owner's tickets, as deliveries.</summary>
internal static class TicketRoutes
{
    private static readonly string[] Paths = ["/deliveries", "/주문관리s"];
    private static readonly string[] PutAndPatch = [HttpMethods.Put, HttpMethods.Patch];

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var path in Paths)
        {
            var tickets = app.MapGroup(path).WithTags("Deliveries");
            tickets.MapGet("", (HttpContext context, ITickets all) => List(context, all, path))
                .AllowRoles(Roles.Owner)
                .WithSummary("The stores' tickets, newest order first")
                .WithDescription("Only one store's with ?storeId=")
                .ProducesPage<TicketFields>("deliveries")
                .Refuses(StatusCodes.Status400BadRequest);
            tickets.MapGet("{orderId}", Get)
                .AllowRoles(Roles.Owner)
                .WithSummary("The ticket of an order")
                .Produces<TicketFields>().ProducesProblem(StatusCodes.Status404NotFound);
            tickets.MapMethods("{orderId}", PutAndPatch, Move)
                .AllowRoles(Roles.Owner)
                .WithSummary("The owner moves a ticket on")
                .Takes<TicketMoveBody>()
                .Produces<TicketFields>()
                .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
        }
    }

    private static async Task<IResult> List(HttpContext context, ITickets tickets, string path)
    {
        if (Paging.From(context.Request).IsError(out var rejection, out var paging)
            || !QueryInteger.TryRead(context.Request, "storeId", 0, 1, long.MaxValue, out var number, out rejection)
            || context.AccessScope().ForStore(number).IsError(out rejection, out number))
        {
            return rejection.ToProblem();
        }

        StoreId? store = number == 0 ? null : new StoreId(number);
        var page = paging.Offset > int.MaxValue
            ? []
            : await tickets.List(store, before: null, (int)paging.Offset, paging.Size, context.RequestAborted);
        var total = Total.OfLimited(await tickets.Count(store, Total.Cap + 1, context.RequestAborted));
        return Hal.Collection("deliveries", [.. page.Select(TicketFields.Of)], paging, total, store is null ? path : $"{path}?storeId={store}");
    }

    private static async Task<IResult> Get(string orderId, HttpContext context, OwnTickets tickets)
    {
        if (Numbers.Of("ticket", orderId).IsError(out var rejection, out var number))
            return rejection.ToProblem();

        return (await tickets.Get(new OrderId(number), context.AccessScope(), context.RequestAborted)).ToResult(static ticket => TicketFields.Of(ticket));
    }

    private static async Task<IResult> Move(string orderId, HttpContext context, OwnTickets tickets, TicketMove move)
    {
        if (Numbers.Of("ticket", orderId).IsError(out var rejection, out var number)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || !body.TryText(out var status, out rejection, "status")
            || !body.TryText(out var reason, out rejection, "reason"))
        {
            return rejection.ToProblem();
        }

        var order = new OrderId(number);
        var moved = await tickets.Move(
            order,
            context.AccessScope(),
            () => move.Handle(order, status, reason ?? "", context.MessageContext(), context.RequestAborted),
            context.RequestAborted);
        return moved.ToResult(static ticket => TicketFields.Of(ticket));
    }
}

/// <summary>The body that moves a ticket on.</summary>
internal sealed record TicketMoveBody([property: Description(TicketMove.Words)] string Status, [property: Description("Why it is rejected")] string? Reason);

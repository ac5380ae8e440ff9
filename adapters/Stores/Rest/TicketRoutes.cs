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

/// <summary>The owner's tickets, as deliveries.</summary>
internal static class TicketRoutes
{
    public const string Moves = "receive, reject, cook, cooked, ship, deliver, pickup";
    private static readonly string[] Paths = ["/deliveries", "/주문관리s"];
    private static readonly string[] PutAndPatch = [HttpMethods.Put, HttpMethods.Patch];

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var path in Paths)
        {
            var tickets = app.MapGroup(path).WithTags("Deliveries");
            tickets.MapGet("", (HttpContext context, ListTicketsHandler handler) => List(context, handler, path, "deliveries"))
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

    /// <summary>The tickets as a collection of that path and name.</summary>
    public static async Task<IResult> List(HttpContext context, ListTicketsHandler handler, string path, string name)
    {
        if (Paging.From(context.Request, sortsByOrder: true).IsError(out var rejection, out var paging)
            || !QueryInteger.TryRead(context.Request, "storeId", 0, 1, long.MaxValue, out var number, out rejection)
            || (await handler.Handle(
                new ListTickets(
                    number == 0 ? null : new StoreId(number), Before: null, paging.Offset, paging.Size, Total.Cap + 1, Direction: paging.Direction),
                context.AccessScope(),
                context.RequestAborted)).IsError(out rejection, out var page))
        {
            return rejection.ToProblem();
        }

        return Hal.Collection(
            name,
            [.. page.Tickets.Select(TicketFields.Of)],
            paging,
            Total.OfLimited(page.Total),
            page.Store is { } store ? $"{path}?storeId={store}" : path);
    }

    private static async Task<IResult> Get(string orderId, HttpContext context, GetTicketHandler handler) =>
        Mapping.Number("ticket", orderId).IsError(out var rejection, out var number)
            ? rejection.ToProblem()
            : (await handler.Handle(new OrderId(number), context.AccessScope(), context.RequestAborted)).ToResult(static ticket => TicketFields.Of(ticket));

    private static async Task<IResult> Move(
        string orderId, HttpContext context, AcceptTicketHandler accept, RejectTicketHandler reject, MoveTicketHandler move)
    {
        if (Mapping.Number("ticket", orderId).IsError(out var rejection, out var number)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || !body.TryText(out var status, out rejection, "status")
            || !body.TryText(out var reason, out rejection, "reason"))
        {
            return rejection.ToProblem();
        }

        var (order, scope, message, cancellation) = (new OrderId(number), context.AccessScope(), context.MessageContext(), context.RequestAborted);
        var moved = await (status?.Trim().ToLowerInvariant() switch
        {
            "receive" => accept.Handle(new AcceptTicket(order, Repeatable()), scope, message, cancellation),
            "reject" => reject.Handle(new RejectTicket(order, reason ?? ""), scope, message, cancellation),
            "cook" => Forward(TicketMove.StartCooking),
            "cooked" => Forward(TicketMove.FinishCooking),
            "ship" => Forward(TicketMove.StartDelivery),
            "deliver" => Forward(TicketMove.FinishDelivery),
            "pickup" => Forward(TicketMove.HandOver),
            _ => Task.FromResult<Result<Ticket>>(Error.Invalid("status", $"status must be one of {Moves}.")),
        });
        return moved.ToResult(static ticket => TicketFields.Of(ticket));

        // A PUT may be repeated: the same caller gets the same answer.
        FoodDelivery.Stores.IdempotencyKey? Repeatable() =>
            HttpMethods.IsPut(context.Request.Method) ? new(Caller.Of(context), $"receive {order}") : null;

        Task<Result<Ticket>> Forward(TicketMove to) => move.Handle(new MoveTicket(order, to), scope, message, cancellation);
    }
}

/// <summary>The body that moves a ticket on.</summary>
internal sealed record TicketMoveBody([property: Description(TicketRoutes.Moves)] string Status, [property: Description("Why it is rejected")] string? Reason);

using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores;
using Grpc.Core;
using IdempotencyKey = FoodDelivery.Stores.IdempotencyKey;
using Ticket = FoodDelivery.Protos.Store.V1.Ticket;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The owner's tickets over gRPC.</summary>
internal sealed class GrpcTickets(
    GetTicketHandler get,
    ListTicketsHandler list,
    WatchTicketsHandler watch,
    AcceptTicketHandler accept,
    RejectTicketHandler reject,
    MoveTicketHandler move) : TicketService.TicketServiceBase
{
    private const int MaxRequestId = 255;

    private static readonly WriteOptions WithTheNext = new(WriteFlags.BufferHint);

    public override async Task<GetTicketResponse> GetTicket(GetTicketRequest request, ServerCallContext context) =>
        new() { Ticket = (await get.Handle(new OrderId(request.OrderId), context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto() };

    public override async Task<ListTicketsResponse> ListTickets(ListTicketsRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        var query = new ListTickets(
            request.HasStoreId ? new StoreId(request.StoreId) : null,
            page.After is { } number ? new OrderId(number) : null,
            Skip: 0,
            page.Size + 1);
        var found = (await list.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow().Tickets;
        return new ListTicketsResponse
        {
            Tickets = { found.Take(page.Size).Select(Mapping.ToProto) },
            NextPageToken = page.Next(found, static ticket => ticket.Order.Value),
        };
    }

    public override async Task WatchTickets(
        WatchTicketsRequest request, IServerStreamWriter<WatchTicketsResponse> responseStream, ServerCallContext context)
    {
        if (request is { HasAfterPosition: true, AfterPosition: < 0 })
            throw Error.Invalid("after_position", "after_position must come from an earlier answer.").ToRpcException();

        var query = new WatchTickets(
            request.HasStoreId ? new StoreId(request.StoreId) : null,
            request.HasOrderId ? new OrderId(request.OrderId) : null,
            request.HasAfterPosition ? request.AfterPosition : null,
            request.OpenOnly,
            Caller.Of(context.GetHttpContext()));
        var watched = (await watch.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow();

        // Who resumes may be told nothing for long, and yet wants to know that it is listened to.
        await context.WriteResponseHeadersAsync([]);
        await foreach (var change in watched.Changes)
        {
            responseStream.WriteOptions = change.MoreFollow ? WithTheNext : null;
            await responseStream.WriteAsync(
                new WatchTicketsResponse { Ticket = change.Ticket.ToProto(), Position = change.Position }, context.CancellationToken);
        }
    }

    public override async Task<AcceptTicketResponse> AcceptTicket(AcceptTicketRequest request, ServerCallContext context)
    {
        var command = new AcceptTicket(new OrderId(request.OrderId), Key(request.RequestId, context));
        var accepted = await accept.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new AcceptTicketResponse { Ticket = accepted.ValueOrThrow().ToProto() };
    }

    public override async Task<RejectTicketResponse> RejectTicket(RejectTicketRequest request, ServerCallContext context)
    {
        var command = new RejectTicket(new OrderId(request.OrderId), request.Reason);
        var rejected = await reject.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new RejectTicketResponse { Ticket = rejected.ValueOrThrow().ToProto() };
    }

    public override async Task<StartCookingResponse> StartCooking(StartCookingRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(request.OrderId, TicketMove.StartCooking, context) };

    public override async Task<FinishCookingResponse> FinishCooking(FinishCookingRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(request.OrderId, TicketMove.FinishCooking, context) };

    public override async Task<StartDeliveryResponse> StartDelivery(StartDeliveryRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(request.OrderId, TicketMove.StartDelivery, context) };

    public override async Task<FinishDeliveryResponse> FinishDelivery(FinishDeliveryRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(request.OrderId, TicketMove.FinishDelivery, context) };

    public override async Task<HandOverResponse> HandOver(HandOverRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(request.OrderId, TicketMove.HandOver, context) };

    private async Task<Ticket> Move(long order, TicketMove to, ServerCallContext context)
    {
        var command = new MoveTicket(new OrderId(order), to);
        return (await move.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken)).ValueOrThrow().ToProto();
    }

    internal static IdempotencyKey? Key(string requestId, ServerCallContext context) => requestId.Trim() switch
    {
        "" => null,
        { Length: <= MaxRequestId } id when !id.Any(char.IsControl) => new IdempotencyKey(Caller.Of(context.GetHttpContext()), id),
        _ => throw Error.Invalid("request_id", $"request_id has at most {MaxRequestId} characters and no control characters.").ToRpcException(),
    };
}

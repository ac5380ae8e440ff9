using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rejections;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores.Ports;
using Grpc.Core;
using Ticket = FoodDelivery.Stores.Ticket;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The owner's tickets over gRPC.</summary>
internal sealed class GrpcTickets(ITickets tickets, ITicketChanges changes, TicketCommands commands) : TicketService.TicketServiceBase
{
    public override async Task<GetTicketResponse> GetTicket(GetTicketRequest request, ServerCallContext context) =>
        await tickets.Find(new OrderId(request.OrderId), context.CancellationToken) is { } ticket
            ? new GetTicketResponse { Ticket = ticket.ToProto() }
            : throw (Rejection.NotFound("ticket", request.OrderId) with { Order = new OrderId(request.OrderId) }).ToRpcException();

    public override async Task<ListTicketsResponse> ListTickets(ListTicketsRequest request, ServerCallContext context)
    {
        if (PageRequest.Of(request.PageSize, request.PageToken).IsRejected(out var rejection, out var page))
        {
            throw rejection.ToRpcException();
        }

        StoreId? store = request.HasStoreId ? new StoreId(request.StoreId) : null;
        OrderId? before = page.After is { } number ? new OrderId(number) : null;
        var found = await tickets.List(store, before, skip: 0, page.Size + 1, context.CancellationToken);
        return new ListTicketsResponse
        {
            Tickets = { found.Take(page.Size).Select(PublicWords.ToProto) },
            NextPageToken = page.Next(found, static ticket => ticket.Order.Value),
        };
    }

    public override async Task WatchTickets(
        WatchTicketsRequest request, IServerStreamWriter<WatchTicketsResponse> responseStream, ServerCallContext context)
    {
        if (request is { HasAfterPosition: true, AfterPosition: < 0 })
        {
            throw Rejection.Invalid("after_position", "after_position must come from an earlier answer.").ToRpcException();
        }

        var selection = new TicketSelection(
            request.HasStoreId ? new StoreId(request.StoreId) : null, request.HasOrderId ? new OrderId(request.OrderId) : null);
        long? after = request.HasAfterPosition ? request.AfterPosition : null;
        await foreach (var change in changes.Watch(selection, after, context.CancellationToken))
        {
            await responseStream.WriteAsync(
                new WatchTicketsResponse { Ticket = change.Ticket.ToProto(), Position = change.Position }, context.CancellationToken);
        }
    }

    public override async Task<AcceptTicketResponse> AcceptTicket(AcceptTicketRequest request, ServerCallContext context) =>
        new() { Ticket = Answer(await commands.Accept(request, context)) };

    public override async Task<RejectTicketResponse> RejectTicket(RejectTicketRequest request, ServerCallContext context) =>
        new() { Ticket = Answer(await commands.Reject(request, context)) };

    public override async Task<StartCookingResponse> StartCooking(StartCookingRequest request, ServerCallContext context) =>
        new() { Ticket = Answer(await commands.StartCooking(request, context)) };

    public override async Task<FinishCookingResponse> FinishCooking(FinishCookingRequest request, ServerCallContext context) =>
        new() { Ticket = Answer(await commands.FinishCooking(request, context)) };

    public override async Task<StartDeliveryResponse> StartDelivery(StartDeliveryRequest request, ServerCallContext context) =>
        new() { Ticket = Answer(await commands.StartDelivery(request, context)) };

    public override async Task<FinishDeliveryResponse> FinishDelivery(FinishDeliveryRequest request, ServerCallContext context) =>
        new() { Ticket = Answer(await commands.FinishDelivery(request, context)) };

    public override async Task<HandOverResponse> HandOver(HandOverRequest request, ServerCallContext context) =>
        new() { Ticket = Answer(await commands.HandOver(request, context)) };

    private static Protos.Store.V1.Ticket Answer(Outcome<Ticket> outcome) =>
        outcome.IsRejected(out var rejection, out var ticket) ? throw rejection.ToRpcException() : ticket.ToProto();
}

using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores.Ports;
using Grpc.Core;
using Ticket = FoodDelivery.Stores.Ticket;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The owner's tickets over gRPC.</summary>
internal sealed class GrpcTickets(ITickets tickets, OwnTickets own, ITicketChanges changes, TicketCommands commands) : TicketService.TicketServiceBase
{
    public override async Task<GetTicketResponse> GetTicket(GetTicketRequest request, ServerCallContext context) =>
        new() { Ticket = (await own.Get(new OrderId(request.OrderId), context.AccessScope(), context.CancellationToken)).ValueOrThrow().ToProto() };

    public override async Task<ListTicketsResponse> ListTickets(ListTicketsRequest request, ServerCallContext context)
    {
        if (PageRequest.Of(request.PageSize, request.PageToken).IsError(out var rejection, out var page)
            || Store(context, request.HasStoreId, request.StoreId).IsError(out rejection, out var store))
        {
            throw rejection.ToRpcException();
        }

        OrderId? before = page.After is { } number ? new OrderId(number) : null;
        var found = await tickets.List(store.Id, before, skip: 0, page.Size + 1, context.CancellationToken);
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
            throw Error.Invalid("after_position", "after_position must come from an earlier answer.").ToRpcException();

        var store = Store(context, request.HasStoreId, request.StoreId).ValueOrThrow();
        var selection = new TicketSelection(
            store.Id, request.HasOrderId ? new OrderId(request.OrderId) : null);
        long? after = request.HasAfterPosition ? request.AfterPosition : null;
        await foreach (var change in changes.Watch(selection, after, context.CancellationToken))
        {
            await responseStream.WriteAsync(
                new WatchTicketsResponse { Ticket = change.Ticket.ToProto(), Position = change.Position }, context.CancellationToken);
        }
    }

    public override async Task<AcceptTicketResponse> AcceptTicket(AcceptTicketRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(context, request.OrderId, () => commands.Accept(request, context)) };

    public override async Task<RejectTicketResponse> RejectTicket(RejectTicketRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(context, request.OrderId, () => commands.Reject(request, context)) };

    public override async Task<StartCookingResponse> StartCooking(StartCookingRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(context, request.OrderId, () => commands.StartCooking(request, context)) };

    public override async Task<FinishCookingResponse> FinishCooking(FinishCookingRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(context, request.OrderId, () => commands.FinishCooking(request, context)) };

    public override async Task<StartDeliveryResponse> StartDelivery(StartDeliveryRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(context, request.OrderId, () => commands.StartDelivery(request, context)) };

    public override async Task<FinishDeliveryResponse> FinishDelivery(FinishDeliveryRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(context, request.OrderId, () => commands.FinishDelivery(request, context)) };

    public override async Task<HandOverResponse> HandOver(HandOverRequest request, ServerCallContext context) =>
        new() { Ticket = await Move(context, request.OrderId, () => commands.HandOver(request, context)) };

    private async Task<Protos.Store.V1.Ticket> Move(ServerCallContext context, long order, Func<Task<Result<Ticket>>> move) =>
        (await own.Move(new OrderId(order), context.AccessScope(), move, context.CancellationToken)).ValueOrThrow().ToProto();

    private static Result<Whose> Store(ServerCallContext context, bool given, long number) =>
        context.AccessScope().ForStore(given ? number : null, "store_id").IsError(out var rejection, out var store)
            ? rejection
            : new Whose(store == 0 && !given ? null : new StoreId(store));

    private readonly record struct Whose(StoreId? Id);
}

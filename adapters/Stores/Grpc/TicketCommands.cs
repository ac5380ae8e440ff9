using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores;
using Grpc.Core;
using Ticket = FoodDelivery.Stores.Ticket;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The owner's calls as commands.</summary>
internal sealed class TicketCommands(
    AcceptTicketHandler accepting,
    RejectTicketHandler rejecting,
    StartCookingHandler startingCooking,
    FinishCookingHandler finishingCooking,
    StartDeliveryHandler startingDelivery,
    FinishDeliveryHandler finishingDelivery,
    HandOverHandler handingOver)
{
    public Task<Result<Ticket>> Accept(AcceptTicketRequest request, ServerCallContext context) =>
        context.Key(request.RequestId).IsError(out var rejection, out var key)
            ? Task.FromResult<Result<Ticket>>(rejection)
            : accepting.Handle(new AcceptTicket(new OrderId(request.OrderId), key.Value), context.Command(), context.CancellationToken);

    public Task<Result<Ticket>> Reject(RejectTicketRequest request, ServerCallContext context) =>
        rejecting.Handle(new RejectTicket(new OrderId(request.OrderId), request.Reason), context.Command(), context.CancellationToken);

    public Task<Result<Ticket>> StartCooking(StartCookingRequest request, ServerCallContext context) =>
        startingCooking.Handle(new StartCooking(new OrderId(request.OrderId)), context.Command(), context.CancellationToken);

    public Task<Result<Ticket>> FinishCooking(FinishCookingRequest request, ServerCallContext context) =>
        finishingCooking.Handle(new FinishCooking(new OrderId(request.OrderId)), context.Command(), context.CancellationToken);

    public Task<Result<Ticket>> StartDelivery(StartDeliveryRequest request, ServerCallContext context) =>
        startingDelivery.Handle(new StartDelivery(new OrderId(request.OrderId)), context.Command(), context.CancellationToken);

    public Task<Result<Ticket>> FinishDelivery(FinishDeliveryRequest request, ServerCallContext context) =>
        finishingDelivery.Handle(new FinishDelivery(new OrderId(request.OrderId)), context.Command(), context.CancellationToken);

    public Task<Result<Ticket>> HandOver(HandOverRequest request, ServerCallContext context) =>
        handingOver.Handle(new HandOver(new OrderId(request.OrderId)), context.Command(), context.CancellationToken);
}

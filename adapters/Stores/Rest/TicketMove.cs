using FoodDelivery.Stores;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>Finds the command that a status word asks for.</summary>
internal sealed class TicketMove(
    AcceptTicketHandler accepting,
    RejectTicketHandler rejecting,
    StartCookingHandler startingCooking,
    FinishCookingHandler finishingCooking,
    StartDeliveryHandler startingDelivery,
    FinishDeliveryHandler finishingDelivery,
    HandOverHandler handingOver)
{
    public const string Words = "receive, reject, cook, cooked, ship, deliver, pickup";

    public Task<Result<Ticket>> Handle(OrderId order, string? status, string reason, MessageContext cause, CancellationToken cancellation) =>
        status?.Trim().ToLowerInvariant() switch
        {
            "receive" => accepting.Handle(new AcceptTicket(order), cause, cancellation),
            "reject" => rejecting.Handle(new RejectTicket(order, reason), cause, cancellation),
            "cook" => startingCooking.Handle(new StartCooking(order), cause, cancellation),
            "cooked" => finishingCooking.Handle(new FinishCooking(order), cause, cancellation),
            "ship" => startingDelivery.Handle(new StartDelivery(order), cause, cancellation),
            "deliver" => finishingDelivery.Handle(new FinishDelivery(order), cause, cancellation),
            "pickup" => handingOver.Handle(new HandOver(order), cause, cancellation),
            _ => Task.FromResult<Result<Ticket>>(Error.Invalid("status", $"status must be one of {Words}.")),
        };
}

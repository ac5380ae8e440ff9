using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores.FinishingCooking;

/// <summary>The food is ready.</summary>
public sealed record FinishCooking(OrderId Order);

/// <summary>The food is ready.</summary>
public sealed class FinishingCooking(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(FinishCooking command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.FinishCooking(clock.GetUtcNow()), cause, cancellation);
}

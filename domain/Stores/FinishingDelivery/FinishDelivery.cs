using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores.FinishingDelivery;

/// <summary>The customer has the food.</summary>
public sealed record FinishDelivery(OrderId Order);

/// <summary>The customer has the food.</summary>
public sealed class FinishingDelivery(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(FinishDelivery command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.FinishDelivery(clock.GetUtcNow()), cause, cancellation);
}

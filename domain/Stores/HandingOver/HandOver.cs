using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores.HandingOver;

/// <summary>The customer has come for the food.</summary>
public sealed record HandOver(OrderId Order);

/// <summary>The customer has come for the food.</summary>
public sealed class HandingOver(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(HandOver command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.HandOver(clock.GetUtcNow()), cause, cancellation);
}

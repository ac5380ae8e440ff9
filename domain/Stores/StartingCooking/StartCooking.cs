using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores.StartingCooking;

/// <summary>The cook begins.</summary>
public sealed record StartCooking(OrderId Order);

/// <summary>The cook begins.</summary>
public sealed class StartingCooking(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(StartCooking command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.StartCooking(clock.GetUtcNow()), cause, cancellation);
}

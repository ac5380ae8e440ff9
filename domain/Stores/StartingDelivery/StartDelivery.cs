using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores.StartingDelivery;

/// <summary>The food leaves the store.</summary>
public sealed record StartDelivery(OrderId Order);

/// <summary>The food leaves the store.</summary>
public sealed class StartingDelivery(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(StartDelivery command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.StartDelivery(clock.GetUtcNow()), cause, cancellation);
}

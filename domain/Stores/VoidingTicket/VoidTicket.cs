using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores.VoidingTicket;

/// <summary>The order is cancelled.</summary>
public sealed record VoidTicket(OrderId Order, string Reason);

/// <summary>The order is cancelled: its ticket ends with it, unless it has ended already.</summary>
public sealed class VoidingTicket(ITickets tickets, TimeProvider clock)
{
    /// <summary>Cancels the ticket.</summary>
    /// <exception cref="InvalidOperationException">The order has no ticket: its arrival has not been handled.</exception>
    public Task Handle(VoidTicket command, MessageContext cause, CancellationToken cancellation) =>
        tickets.React(
            command.Order,
            ticket =>
            {
                ticket.Void(command.Reason, clock.GetUtcNow());
                return Task.CompletedTask;
            },
            cause,
            cancellation);
}

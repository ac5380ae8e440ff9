using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The order is cancelled.</summary>
public sealed record VoidTicket(OrderId Order, string Reason);

/// <summary>The order is cancelled: its ticket ends with it, unless it has ended already.</summary>
public sealed class VoidTicketHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>Cancels the ticket.</summary>
    /// <exception cref="PredecessorMissingException">The order has no ticket: it was not opened yet.</exception>
    public Task Handle(VoidTicket command, MessageContext context, CancellationToken cancellation) =>
        tickets.Update(
            command.Order,
            ticket =>
            {
                ticket.Void(command.Reason, clock.GetUtcNow());
                return Task.CompletedTask;
            },
            context,
            cancellation);
}

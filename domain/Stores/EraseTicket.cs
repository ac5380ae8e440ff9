using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The customer is forgotten: so is what people wrote on the ticket, which has ended.</summary>
public sealed record EraseTicket(OrderId Order);

/// <summary>Forgets addresses and reasons.</summary>
public sealed class EraseTicketHandler(ITickets tickets)
{
    /// <summary>Has no effect on an order without a ticket, nor the second time.</summary>
    public Task Handle(EraseTicket command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return tickets.EraseTexts(command.Order, cancellation);
    }
}

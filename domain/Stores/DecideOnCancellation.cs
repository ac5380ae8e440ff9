using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The customer asks to cancel.</summary>
public sealed record DecideOnCancellation(OrderId Order, string Reason);

/// <summary>The customer asks to cancel: the store's own rule decides, under the ticket's version, so that it never crosses an acceptance.</summary>
public sealed class DecideOnCancellationHandler(ITickets tickets, IStores stores, TimeProvider clock)
{
    /// <summary>Cancels the ticket, or declines to.</summary>
    /// <exception cref="InvalidOperationException">The order has no ticket: its arrival has not been handled.</exception>
    public Task Handle(DecideOnCancellation command, MessageContext cause, CancellationToken cancellation) =>
        tickets.React(
            command.Order,
            async ticket =>
            {
                var store = await stores.Find(ticket.Slip.Store, cancellation);
                ticket.DecideOnCancellation(store?.CancellationRule ?? CancellationRule.UntilAccepted, command.Reason, clock.GetUtcNow());
            },
            cause,
            cancellation);
}

/// <summary>The order is cancelled.</summary>
public sealed record VoidTicket(OrderId Order, string Reason);

/// <summary>The order is cancelled: its ticket ends with it, unless it has ended already.</summary>
public sealed class VoidTicketHandler(ITickets tickets, TimeProvider clock)
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

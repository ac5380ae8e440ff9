using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The customer asks to cancel.</summary>
public sealed record DecideOnCancellation(OrderId Order, string Reason);

/// <summary>The customer asks to cancel: the store's own rule decides, under the ticket's version, so that it never crosses an acceptance.</summary>
public sealed class DecideOnCancellationHandler(ITickets tickets, IStores stores, TimeProvider clock)
{
    /// <summary>Cancels the ticket, or declines to.</summary>
    /// <exception cref="PredecessorMissingException">The order has no ticket: it was not opened yet.</exception>
    public Task Handle(DecideOnCancellation command, MessageContext context, CancellationToken cancellation) =>
        tickets.Update(
            command.Order,
            async ticket =>
            {
                var store = await stores.Find(ticket.Slip.Store, cancellation);
                ticket.DecideOnCancellation(store?.Profile.CancellationRule ?? CancellationRule.UntilAccepted, command.Reason, clock.GetUtcNow());
            },
            context,
            cancellation);
}

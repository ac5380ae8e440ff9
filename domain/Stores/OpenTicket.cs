using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>A paid order has arrived.</summary>
public sealed record OpenTicket(OrderSlip Slip);

/// <summary>A paid order has arrived: its store gets a ticket, once.</summary>
public sealed class OpenTicketHandler(ITickets tickets, IStores stores, TimeProvider clock)
{
    /// <summary>Opens the order's ticket unless it is there, accepted where the store does so by itself. An order for a store that does not exist is rejected at once, so that its money goes back.</summary>
    public Task Handle(OpenTicket command, MessageContext context, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            if (await tickets.Find(command.Slip.Order, cancellation) is null)
            {
                var store = await stores.Find(command.Slip.Store, cancellation);
                var ticket = Ticket.Open(command.Slip, store is { Delivers: true }, clock.GetUtcNow());
                if (store is null)
                    ticket.Reject($"There is no store {command.Slip.Store}.", clock.GetUtcNow());
                else if (store.Profile.AutoAccept)
                    ticket.Accept(clock.GetUtcNow());

                await tickets.Save(ticket, context, cancellation);
            }

            return Unit.Value;
        });
}

using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores;

/// <summary>The tickets for callers whose reach ends at their own store; what lies beyond it is not there.</summary>
internal sealed class OwnTickets(ITickets tickets)
{
    public async Task<Outcome<Ticket>> Get(OrderId order, Reach reach, CancellationToken cancellation) =>
        await tickets.Find(order, cancellation) is { } ticket && reach.CoversStore(ticket.Slip.Store.Value)
            ? ticket
            : Rejection.NotFound("ticket", order) with { Order = order };

    /// <summary>Moves a ticket on if it is within reach; whose it is never changes, so that it can be looked at before.</summary>
    public async Task<Outcome<Ticket>> Move(OrderId order, Reach reach, Func<Task<Outcome<Ticket>>> move, CancellationToken cancellation) =>
        reach.Store is not null && (await Get(order, reach, cancellation)).IsRejected(out var rejection) ? rejection : await move();
}

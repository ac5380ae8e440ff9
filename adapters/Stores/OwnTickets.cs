using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Adapters.Stores;

/// <summary>The tickets for callers whose reach ends at their own store; what lies beyond it is not there.</summary>
internal sealed class OwnTickets(ITickets tickets)
{
    public async Task<Result<Ticket>> Get(OrderId order, AccessScope reach, CancellationToken cancellation) =>
        await tickets.Find(order, cancellation) is { } ticket && reach.CoversStore(ticket.Slip.Store.Value)
            ? ticket
            : Error.NotFound("ticket", order) with { Order = order };

    /// <summary>Moves a ticket on if it is within reach; whose it is never changes, so that it can be looked at before.</summary>
    public async Task<Result<Ticket>> Move(OrderId order, AccessScope reach, Func<Task<Result<Ticket>>> move, CancellationToken cancellation) =>
        reach.Store is not null && (await Get(order, reach, cancellation)).IsError(out var rejection) ? rejection : await move();
}

using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>Load, change, save, and anew if the ticket was changed meanwhile.</summary>
internal static class TicketUpdates
{
    /// <summary>An owner's change of a ticket within the scope; a ticket beyond it is not found.</summary>
    internal static Task<Result<Ticket>> Update(
        this ITickets tickets, OrderId order, AccessScope scope, Func<Ticket, Result<Unit>> change, MessageContext context, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict<Result<Ticket>>(async () =>
        {
            if ((await tickets.Get(order, scope, cancellation)).IsError(out var refusal, out var ticket) || change(ticket).IsError(out refusal))
                return refusal;

            await tickets.Save(ticket, context, cancellation);
            return ticket;
        });

    /// <summary>The change that an event makes; the ticket must be there, or come: an order's events come in their order, unless its topic was given more partitions meanwhile.</summary>
    /// <exception cref="PredecessorMissingException">There is no such ticket.</exception>
    internal static Task Update(
        this ITickets tickets, OrderId order, Func<Ticket, Task> change, MessageContext context, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            var ticket = await tickets.Find(order, cancellation) ?? throw new PredecessorMissingException($"There is no ticket for order {order}.");
            await change(ticket);
            if (ticket.Raised.Count > 0)
                await tickets.Save(ticket, context, cancellation);

            return Unit.Value;
        });

    /// <summary>The order's ticket, if it is within the scope.</summary>
    internal static async Task<Result<Ticket>> Get(this ITickets tickets, OrderId order, AccessScope scope, CancellationToken cancellation) =>
        (await tickets.Find(order, cancellation)).Within(scope, order);

    /// <summary>The ticket, or that there is none, which is also said of one beyond the scope.</summary>
    internal static Result<Ticket> Within(this Ticket? ticket, AccessScope scope, OrderId order) =>
        ticket is not null && scope.CoversStore(ticket.Slip.Store.Value, order)
            ? ticket
            : Error.NotFound("ticket", order) with { Order = order };
}

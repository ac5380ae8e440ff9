using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>What all of an owner's moves have in common: load, move, save, and anew if the ticket was changed meanwhile.</summary>
internal static class MovingTickets
{
    internal static Task<Result<Ticket>> Move(
        this ITickets tickets, OrderId order, Func<Ticket, Result<Unit>> move, MessageContext cause, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict<Result<Ticket>>(async () =>
        {
            if (await tickets.Find(order, cancellation) is not { } ticket)
                return Error.NotFound("ticket", order) with { Order = order };

            if (move(ticket).IsError(out var refusal))
                return refusal;

            await tickets.Save(ticket, cause, cancellation);
            return ticket;
        });

    /// <summary>The same for an event about a ticket, which must be there: an order's events come in their order.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    internal static Task React(
        this ITickets tickets, OrderId order, Func<Ticket, Task> reaction, MessageContext cause, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            var ticket = await tickets.Find(order, cancellation) ?? throw new InvalidOperationException($"There is no ticket for order {order}.");
            await reaction(ticket);
            if (ticket.Raised.Count > 0)
                await tickets.Save(ticket, cause, cancellation);

            return Unit.Value;
        });
}

using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The cook begins.</summary>
public sealed record StartCooking(OrderId Order);

/// <summary>The cook begins.</summary>
public sealed class StartCookingHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(StartCooking command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.StartCooking(clock.GetUtcNow()), cause, cancellation);
}

/// <summary>The food is ready.</summary>
public sealed record FinishCooking(OrderId Order);

/// <summary>The food is ready.</summary>
public sealed class FinishCookingHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(FinishCooking command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.FinishCooking(clock.GetUtcNow()), cause, cancellation);
}

/// <summary>The food leaves the store.</summary>
public sealed record StartDelivery(OrderId Order);

/// <summary>The food leaves the store.</summary>
public sealed class StartDeliveryHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(StartDelivery command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.StartDelivery(clock.GetUtcNow()), cause, cancellation);
}

/// <summary>The customer has the food.</summary>
public sealed record FinishDelivery(OrderId Order);

/// <summary>The customer has the food.</summary>
public sealed class FinishDeliveryHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(FinishDelivery command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.FinishDelivery(clock.GetUtcNow()), cause, cancellation);
}

/// <summary>The customer has come for the food.</summary>
public sealed record HandOver(OrderId Order);

/// <summary>The customer has come for the food.</summary>
public sealed class HandOverHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(HandOver command, MessageContext cause, CancellationToken cancellation) =>
        tickets.Move(command.Order, ticket => ticket.HandOver(clock.GetUtcNow()), cause, cancellation);
}

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

using System.Collections.Frozen;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner moves an accepted ticket on.</summary>
public sealed record MoveTicket(OrderId Order, TicketMove Move);

/// <summary>How an accepted ticket moves on.</summary>
public enum TicketMove
{
    /// <summary>The cook begins.</summary>
    StartCooking,

    /// <summary>The food is ready.</summary>
    FinishCooking,

    /// <summary>The food leaves the store.</summary>
    StartDelivery,

    /// <summary>The customer has the food.</summary>
    FinishDelivery,

    /// <summary>The customer has come for the food.</summary>
    HandOver,
}

/// <summary>The owner moves an accepted ticket on.</summary>
public sealed class MoveTicketHandler(ITickets tickets, TimeProvider clock)
{
    private static readonly FrozenDictionary<TicketMove, Func<Ticket, DateTimeOffset, Result<Unit>>> Moves =
        new Dictionary<TicketMove, Func<Ticket, DateTimeOffset, Result<Unit>>>
        {
            [TicketMove.StartCooking] = static (ticket, now) => ticket.StartCooking(now),
            [TicketMove.FinishCooking] = static (ticket, now) => ticket.FinishCooking(now),
            [TicketMove.StartDelivery] = static (ticket, now) => ticket.StartDelivery(now),
            [TicketMove.FinishDelivery] = static (ticket, now) => ticket.FinishDelivery(now),
            [TicketMove.HandOver] = static (ticket, now) => ticket.HandOver(now),
        }.ToFrozenDictionary();

    /// <summary>The ticket as it now is, or why it cannot move so.</summary>
    public Task<Result<Ticket>> Handle(MoveTicket command, AccessScope scope, MessageContext context, CancellationToken cancellation) =>
        tickets.Update(command.Order, scope, ticket => Moves[command.Move](ticket, clock.GetUtcNow()), context, cancellation);
}

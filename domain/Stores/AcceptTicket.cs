using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner will cook it.</summary>
/// <param name="Order">Which order.</param>
/// <param name="Key">Repeated under the same key, the request gets the same answer.</param>
public sealed record AcceptTicket(OrderId Order, IdempotencyKey? Key = null);

/// <summary>A key that a caller gave a request, so that it can be repeated safely. It belongs to that caller alone.</summary>
/// <param name="Caller">Who asked.</param>
/// <param name="Value">The key.</param>
public sealed record IdempotencyKey(string Caller, string Value);

/// <summary>The owner will cook it.</summary>
public sealed class AcceptTicketHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it was when it was accepted, or why it cannot be.</summary>
    public Task<Result<Ticket>> Handle(AcceptTicket command, AccessScope scope, MessageContext context, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            if (await EarlierAnswer(command, scope, cancellation) is { } answered)
                return answered;

            if ((await tickets.Get(command.Order, scope, cancellation)).IsError(out var refusal, out var ticket))
                return refusal;

            // The same request may have been accepted between the two looks.
            if (ticket.Accept(clock.GetUtcNow(), command.Key).IsError(out refusal))
                return await EarlierAnswer(command, scope, cancellation) ?? refusal;

            await tickets.Save(ticket, context, cancellation);
            return ticket;
        });

    private async Task<Result<Ticket>?> EarlierAnswer(AcceptTicket command, AccessScope scope, CancellationToken cancellation)
    {
        if (command.Key is not { } key || await tickets.AcceptedUnder(key, cancellation) is not { } accepted)
            return null;

        return accepted.Order == command.Order
            ? accepted.Within(scope, command.Order)
            : new Error(ErrorKind.KeyReused, "IDEMPOTENCY_KEY_REUSED", $"The key was used before, for order {accepted.Order}.");
    }
}

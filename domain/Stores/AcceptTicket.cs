using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner will cook it.</summary>
/// <param name="Order">Which order.</param>
/// <param name="Request">Repeated under the same key, the request gets the same answer.</param>
public sealed record AcceptTicket(OrderId Order, RequestKey? Request = null);

/// <summary>The owner will cook it.</summary>
public sealed class AcceptTicketHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>The ticket as it was when it was accepted, or why it cannot be.</summary>
    public Task<Result<Ticket>> Handle(AcceptTicket command, MessageContext cause, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            if (await Earlier(command, cancellation) is { } answered)
                return answered;

            if (await tickets.Find(command.Order, cancellation) is not { } ticket)
                return Error.NotFound("ticket", command.Order) with { Order = command.Order };

            if (ticket.Accept(clock.GetUtcNow(), command.Request).IsError(out var refusal))
            {
                // The same request may have been accepted between the two looks.
                return await Earlier(command, cancellation) ?? refusal;
            }

            await tickets.Save(ticket, cause, cancellation);
            return ticket;
        });

    private async Task<Result<Ticket>?> Earlier(AcceptTicket command, CancellationToken cancellation)
    {
        if (command.Request is not { } request || await tickets.AcceptedUnder(request, cancellation) is not { } accepted)
            return null;

        return accepted.Order == command.Order
            ? accepted
            : new Error(ErrorKind.KeyReused, "IDEMPOTENCY_KEY_REUSED", $"The key was used before, for order {accepted.Order}.");
    }
}

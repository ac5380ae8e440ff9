using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner will not cook it; the customer is told why, and gets the money back.</summary>
public sealed record RejectTicket(OrderId Order, string Reason);

/// <summary>The owner will not cook it.</summary>
public sealed class RejectTicketHandler(ITickets tickets, TimeProvider clock)
{
    private const int MaxReason = 500;

    /// <summary>The ticket as it now is, or why it cannot be rejected.</summary>
    public async Task<Result<Ticket>> Handle(RejectTicket command, AccessScope scope, MessageContext context, CancellationToken cancellation)
    {
        var reason = command.Reason.Trim();
        if (reason.Length > MaxReason)
            return Error.Invalid("reason", $"A reason has at most {MaxReason} characters.");

        return UnicodeText.Validate(reason) is { } flaw
            ? Error.Invalid("reason", $"The reason {flaw}.")
            : await tickets.Update(command.Order, scope, ticket => ticket.Reject(reason, clock.GetUtcNow()), context, cancellation);
    }
}

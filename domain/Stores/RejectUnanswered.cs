using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>Some stores have not answered their customers for too long.</summary>
public sealed record RejectUnanswered;

/// <summary>Rejects the tickets that their store has not answered within its own bound, so that the customers hear of it and get their money back.</summary>
public sealed class RejectUnansweredHandler(ITickets tickets, TimeProvider clock)
{
    /// <summary>How many are rejected at once.</summary>
    public const int BatchSize = 100;

    /// <summary>Answers which orders' tickets were rejected: each once, whoever else looks for them, and none that its owner answers meanwhile.</summary>
    public async Task<IReadOnlyList<OrderId>> Handle(RejectUnanswered command, MessageContext context, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rejected = new List<OrderId>();
        foreach (var order in await tickets.Unanswered(now, BatchSize, cancellation))
        {
            var outcome = await tickets.Update(
                order, AccessScope.Everything, ticket => ticket.Reject("The store did not answer in time.", now), context, cancellation);
            if (outcome.Error is null)
                rejected.Add(order);
        }

        return rejected;
    }
}

using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Forget a customer: name, phone, addresses and texts, in every context.</summary>
/// <param name="Customer">Who; null or empty: the caller.</param>
public sealed record EraseCustomer(string? Customer);

/// <summary>
/// Forgets what customers have written. Every order says so for itself, after all that it has told, so that whoever follows it forgets it in its turn; then the
/// customer is said to be forgotten. It may be asked again, and goes on where it was interrupted.
/// </summary>
public sealed class EraseCustomerHandler(IErasures erasures, IOrders orders, IAttempts attempts, TimeProvider clock)
{
    /// <summary>Done; a conflict, and nothing forgotten, as long as an order has not ended. What is ordered meanwhile is not forgotten.</summary>
    public async Task<Result<Unit>> Handle(EraseCustomer command, AccessScope scope, MessageContext cause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (scope.For(command.Customer).IsError(out var refusal, out var customer))
            return refusal;

        if (customer.Length == 0)
            return Error.Invalid("customerId", "customerId must say which customer.");

        var all = await erasures.Of(customer, cancellation);
        var remaining = all.Where(static order => !order.IsErased).Select(static order => order.Id).ToList();
        foreach (var order in remaining)
        {
            if (await IsUnderWay(order, cancellation))
                return UnderWay.Because(order);
        }

        var at = clock.GetUtcNow().TruncateToMilliseconds();
        foreach (var order in remaining)
        {
            if ((await Concurrency.RetryOnConflict(() => Erase(order, at, cause, cancellation))).IsError(out refusal))
                return refusal;
        }

        await erasures.Complete(new CustomerErased(customer, [.. all.Select(static order => order.Id)], at), cause, cancellation);
        return Unit.Value;
    }

    private async Task<bool> IsUnderWay(OrderId id, CancellationToken cancellation) => await orders.Find(id, cancellation) is { } order
        ? !order.HasEnded
        : await attempts.Find(id, cancellation) is { State: AttemptState.Open };

    private async Task<Result<Unit>> Erase(OrderId id, DateTimeOffset at, MessageContext cause, CancellationToken cancellation)
    {
        if (await orders.Find(id, cancellation) is { } order)
        {
            if (order.Erase(at).IsError(out var refusal))
                return refusal;

            await erasures.Erase(order, cause, cancellation);
        }
        else if (await attempts.Find(id, cancellation) is { } attempt)
        {
            if (attempt.Erase(at).IsError(out var refusal))
                return refusal;

            await erasures.Erase(attempt, cause, cancellation);
        }

        return Unit.Value;
    }
}

/// <summary>Why an order cannot be forgotten yet.</summary>
internal static class UnderWay
{
    public static Error Because(OrderId order) =>
        Error.Conflict("ORDER_UNDER_WAY", $"Order {order} has not ended; until then its customer cannot be forgotten.") with { Order = order };
}

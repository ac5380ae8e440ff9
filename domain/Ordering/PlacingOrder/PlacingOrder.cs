using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering.PlacingOrder;

/// <summary>The way of one order: dishes from the menus, an attempt, the payment, and only then the order.</summary>
public sealed class PlacingOrder(IMenus menus, IAttempts attempts, IPayments payments, IOrders orders, TimeProvider clock)
{
    /// <summary>Answers with the paid order. Whatever else happens, no order is left behind, and no money that is not sent back.</summary>
    public async Task<Result<Order>> Handle(PlaceOrder command, MessageContext cause, CancellationToken cancellation)
    {
        if (command.Validate() is { } flaw)
            return flaw;

        var earlier = command.Key is { } key ? await attempts.Find(key, cancellation) : null;
        if (earlier is { State: not AttemptState.Open })
            return await Conclude(earlier, command, cause, cancellation);

        // Before anything is written: who is turned away leaves nothing behind.
        if (!payments.TryEnter(out var place, out var refusal))
            return refusal;

        using (place)
        {
            return earlier is null && (await Open(command, cancellation)).IsError(out refusal, out earlier)
                ? refusal
                : await Conclude(earlier, command, cause, cancellation);
        }
    }

    private async Task<Result<OrderAttempt>> Open(PlaceOrder command, CancellationToken cancellation) =>
        ChoosingDishes.From(await menus.Current(cancellation), command).IsError(out var refusal, out var details)
            ? refusal
            : await attempts.Open(new(command.Key, Fingerprint.Of(command), details, clock.GetUtcNow().TruncateToMilliseconds()), cancellation);

    private async Task<Result<Order>> Conclude(OrderAttempt attempt, PlaceOrder command, MessageContext cause, CancellationToken cancellation) =>
        string.Equals(attempt.Request.Fingerprint, Fingerprint.Of(command), StringComparison.Ordinal)
            ? await Conclude(attempt, cause, cancellation)
            : new Error(ErrorKind.KeyReused, "IDEMPOTENCY_KEY_REUSED", "This key was used before, for another order.");

    private async Task<Result<Order>> Conclude(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation) => attempt.State switch
    {
        AttemptState.Open => await Pay(attempt, cause, cancellation),
        AttemptState.Placed when await orders.Find(attempt.Id, cancellation) is { } order => order,
        AttemptState.Declined => attempt.Refusal,
        _ => Error.Unavailable("ATTEMPT_ABANDONED", "The order took too long and was given up; nothing is charged.", TimeSpan.FromSeconds(1)),
    };

    private async Task<Result<Order>> Pay(OrderAttempt attempt, MessageContext cause, CancellationToken cancellation)
    {
        var details = attempt.Request.Details;
        var answer = await payments.Approve(attempt.Id, details.Total, details.Customer, cancellation);
        if (!answer.IsError(out var refusal, out var paymentId))
        {
            var order = attempt.Place(paymentId, clock.GetUtcNow().TruncateToMilliseconds());
            return await attempts.Close(attempt, order, cause, cancellation) ? order : await ConcludeAsOthersDid(attempt, cause, cancellation);
        }

        if (refusal.Kind != ErrorKind.Declined)
        {
            // Unclear whether money has moved: the attempt stays open for a repeated request, or for the sweeper.
            return refusal;
        }

        attempt.Decline(refusal.Message, clock.GetUtcNow().TruncateToMilliseconds());
        return await attempts.Close(attempt, cause, cancellation) ? attempt.Refusal : await ConcludeAsOthersDid(attempt, cause, cancellation);
    }

    private async Task<Result<Order>> ConcludeAsOthersDid(OrderAttempt lost, MessageContext cause, CancellationToken cancellation)
    {
        var closed = await attempts.Find(lost.Id, cancellation);
        return await Conclude(closed ?? throw new InvalidOperationException($"Attempt {lost.Id} is gone."), cause, cancellation);
    }
}

using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>Finish an order's business with the provider, if it is due.</summary>
public sealed record SettlePayment(OrderId Order);

/// <summary>
/// Finishes what was decided before: gives back what is being refunded, and what was charged for an order that was given up. The provider is
/// asked only after the decision is durable, and whatever happens in between, the payment stays due and is settled by the next who looks.
/// </summary>
public sealed class SettlePaymentHandler(IPayments payments, IPaymentProvider provider, TimeProvider clock)
{
    /// <summary>Does what is due; nothing if it is not, or if somebody else has it in hand.</summary>
    public async Task Handle(SettlePayment command, MessageContext cause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await payments.OfOrder(command.Order, cancellation) is not { } payment || !payment.IsDue(clock.GetUtcNow().TruncateToMilliseconds()))
            return;

        payment.Take(clock.GetUtcNow().TruncateToMilliseconds());
        if (await Saved(payment, cause, cancellation))
            await Finish(payment, cause, cancellation);
    }

    /// <summary>Settles a payment that the caller has taken in hand and saved; answers with it as it is then.</summary>
    internal async Task<Result<Payment>> Finish(Payment taken, MessageContext cause, CancellationToken cancellation)
    {
        var books = taken.Status is PaymentStatus.Refunding
            ? await provider.Refund(taken.Order, cancellation)
            : await RefundWhatWasCharged(taken, cancellation);

        // A change since it was taken (a late charge, say) is not covered by the provider's answer: leave it due.
        var current = await Current(taken, cancellation);
        if (current.Version != taken.Version)
            return current;

        if (books.IsError(out _, out var charge) || !current.IsSettledBy(charge))
            current.Postpone(clock.GetUtcNow().TruncateToMilliseconds());
        else
            current.Settle(charge, clock.GetUtcNow().TruncateToMilliseconds());

        return await Saved(current, cause, cancellation) ? current : await Current(taken, cancellation);
    }

    // False if somebody else has it in hand; if they fail, it is due again.
    private async Task<bool> Saved(Payment payment, MessageContext cause, CancellationToken cancellation)
    {
        try
        {
            await payments.Save(payment, cause, cancellation);
            return true;
        }
        catch (ConcurrencyException)
        {
            return false;
        }
    }

    private async Task<Payment> Current(Payment payment, CancellationToken cancellation) =>
        await payments.OfOrder(payment.Order, cancellation)
        ?? throw new InvalidOperationException($"Order {payment.Order} had a payment, and has none.");

    private async Task<Result<Charge>> RefundWhatWasCharged(Payment givenUp, CancellationToken cancellation)
    {
        var found = await provider.Find(givenUp.Order, cancellation);
        if (found.IsError(out _, out var charge) || charge.State is not ChargeState.Approved)
            return found;

        // What another attempt has paid under this number stays where it is.
        return Attempts.Differ(charge.Attempt, givenUp.State.Attempt) ? Charge.None : await provider.Refund(givenUp.Order, cancellation);
    }
}

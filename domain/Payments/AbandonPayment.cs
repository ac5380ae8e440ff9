using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>An order was given up, rejected or cancelled: whatever was or will be paid for it goes back.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Reason">Why, for the customer to read.</param>
/// <param name="Attempt">The attempt that was given up; empty: whichever has paid under that number.</param>
public sealed record AbandonPayment(OrderId Order, string Reason, string Attempt = "");

/// <summary>
/// Decides durably that the money goes back, without asking the provider: an approved payment is owed back, and an order without a payment
/// is closed to any that is still under way. Settling does the rest, so a provider that is down holds up no event.
/// </summary>
public sealed class AbandonPaymentHandler(IPayments payments, IPaymentNumbers numbers, TimeProvider clock)
{
    /// <summary>Has no effect on a payment that was declined or is given back already, and none on another attempt's.</summary>
    public Task Handle(AbandonPayment command, MessageContext cause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Concurrency.RetryOnConflict(() => Decide(command, cause, cancellation));
    }

    private async Task<Unit> Decide(AbandonPayment command, MessageContext cause, CancellationToken cancellation)
    {
        if (await payments.OfOrder(command.Order, cancellation) is { } payment)
        {
            if (Attempts.Differ(payment.State.Attempt, command.Attempt))
                return Unit.Value;

            payment.Refund(command.Reason, clock.GetUtcNow().TruncateToMilliseconds());
            if (payment.Version != payment.LoadedVersion)
                await payments.Save(payment, cause, cancellation);
        }
        else
        {
            var id = await numbers.Next(cancellation);
            var givenUp = Payment.GiveUp(id, command.Order, command.Reason, clock.GetUtcNow().TruncateToMilliseconds(), attempt: command.Attempt);
            if (!await payments.Add(givenUp, cause, cancellation))
                throw new ConcurrencyException($"Order {command.Order} was paid for meanwhile.");
        }

        return Unit.Value;
    }
}

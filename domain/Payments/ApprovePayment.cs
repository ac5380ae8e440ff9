using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>Pay for an order that is being placed.</summary>
/// <param name="Order">The order's number, under which it is charged once, however often it is asked.</param>
/// <param name="AmountWon">The whole amount in won, 1 to <see cref="PaymentLimits.MaxWon"/>.</param>
/// <param name="CustomerId">Whom to charge; may be empty.</param>
/// <param name="Attempt">The id of the attempt to order, which no other has; empty where the caller is from before there were any.</param>
public sealed record ApprovePayment(OrderId Order, long AmountWon, string CustomerId, string Attempt = "")
{
    private const int MaxAttempt = 60;

    /// <summary>What is wrong with the input; or null.</summary>
    internal Error? Validate() =>
        PaymentLimits.Check(Order, AmountWon)
        ?? (Attempt.Length <= MaxAttempt && Attempt.All(static sign => char.IsAsciiLetterOrDigit(sign) || sign == '-')
            ? null
            : Error.Invalid("attemptId", $"An attempt's id has {MaxAttempt} letters, digits and hyphens at the most.") with { Order = Order });
}

/// <summary>
/// Asks the provider, then records its answer. Nothing is written before: a charge that was not recorded is found again under the order's
/// number, by whoever asks next or when the order is given up.
/// </summary>
public sealed class ApprovePaymentHandler(IPayments payments, IPaymentProvider provider, IPaymentNumbers numbers, TimeProvider clock)
{
    /// <summary>
    /// The payment, approved or declined. Invalid for an unacceptable number or amount; forbidden to charge somebody else; a conflict for another amount than before, for an
    /// order that was given up or refunded, and for a number under which somebody else, or another attempt, has paid; unavailable without a clear answer: ask again for the same order.
    /// </summary>
    public async Task<Result<Payment>> Handle(ApprovePayment command, AccessScope scope, MessageContext cause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (scope.For(command.CustomerId).IsError(out var notOwn, out var customer))
            return notOwn;

        command = command with { CustomerId = customer };
        if (command.Validate() is { } invalid)
            return invalid;

        var amount = new Money(command.AmountWon);
        var answer = await provider.Approve(command.Order, amount, command.CustomerId, command.Attempt, cancellation);
        if (answer.IsError(out var unclear, out var charge))
        {
            return await payments.OfOrder(command.Order, cancellation) is { } known
                ? known.AnswerTo(amount, command.CustomerId, command.Attempt)
                : unclear with { Order = command.Order };
        }

        var payment = Result(await numbers.Next(cancellation), command, charge);
        if (await payments.Add(payment, cause, cancellation))
            return payment.AnswerTo(amount);

        return (await Existing(command.Order, charge, cause, cancellation)).AnswerTo(amount, command.CustomerId, command.Attempt);
    }

    // Money that went back already pays for nothing, whoever gave it back.
    private Payment Result(PaymentId id, ApprovePayment command, Charge charge) => charge.State is ChargeState.Refunded
        ? Payment.GiveUp(id, command.Order, "refunded at the provider", clock.GetUtcNow().TruncateToMilliseconds(), command.CustomerId, command.Attempt)
        : Payment.Record(id, command.Order, charge, clock.GetUtcNow().TruncateToMilliseconds(), command.CustomerId, command.Attempt);

    private Task<Payment> Existing(OrderId order, Charge charge, MessageContext cause, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            var payment = await payments.OfOrder(order, cancellation)
                ?? throw new InvalidOperationException($"Order {order} had a payment, and has none.");
            if (charge.State is ChargeState.Approved && payment.Status is PaymentStatus.Voided or PaymentStatus.Declined)
            {
                payment.ChargedLate(charge, clock.GetUtcNow().TruncateToMilliseconds());
                await payments.Save(payment, cause, cancellation);
            }

            return payment;
        });
}

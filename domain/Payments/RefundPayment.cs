using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>An operator gives an order's money back.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Reason">Why, for the customer to read.</param>
public sealed record RefundPayment(OrderId Order, string Reason);

/// <summary>Decides the refund durably, then asks the provider; what stays unclear is finished later without anybody asking.</summary>
public sealed class RefundPaymentHandler(IPayments payments, SettlePaymentHandler settling, TimeProvider clock)
{
    private const int MaxReason = 500;

    /// <summary>
    /// The payment, refunded, or refunding where the provider has not confirmed yet. Repeated: the same. Not found without a payment;
    /// a conflict if no money was taken.
    /// </summary>
    public async Task<Result<Payment>> Handle(RefundPayment command, AccessScope scope, MessageContext cause, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (PaymentLimits.CheckOrder(command.Order) is { } invalid)
            return invalid;

        if (command.Reason.Length > MaxReason)
            return Error.Invalid("reason", $"A reason has {MaxReason} characters at the most.");

        if (UnicodeText.Validate(command.Reason) is { } flaw)
            return Error.Invalid("reason", $"The reason {flaw}.");

        var decided = await Concurrency.RetryOnConflict(() => Decide(command, scope, cause, cancellation));
        return decided.IsError(out _, out var payment) || payment.Status is not PaymentStatus.Refunding
            ? decided
            : await settling.Finish(payment, cause, cancellation);
    }

    private async Task<Result<Payment>> Decide(RefundPayment command, AccessScope scope, MessageContext cause, CancellationToken cancellation)
    {
        if (await payments.OfOrder(command.Order, cancellation) is not { } payment || !scope.CoversCustomer(payment.State.Payer, payment.Id))
            return Error.NotFound("payment", $"for order {command.Order}") with { Order = command.Order };

        var now = clock.GetUtcNow().TruncateToMilliseconds();
        var refund = payment.Refund(command.Reason, now);
        if (payment.Version == payment.LoadedVersion)
            return refund;

        payment.Take(now);
        await payments.Save(payment, cause, cancellation);
        return refund;
    }
}

using FoodDelivery.Payments.Ports;

namespace FoodDelivery.Payments;

/// <summary>Ask whether an order is paid with this amount. Orders are paid when they are placed; this never takes money.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="AmountWon">The whole amount in won; null if the caller does not say.</param>
public sealed record ConfirmPayment(OrderId Order, long? AmountWon);

/// <summary>Answers with the payment that an order has.</summary>
public sealed class ConfirmPaymentHandler(IPayments payments)
{
    /// <summary>The approved payment. Not found without one; a conflict for another amount or after a refund; declined if it was declined.</summary>
    public async Task<Result<Payment>> Handle(ConfirmPayment command, AccessScope scope, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var invalid = command.AmountWon is { } won ? PaymentLimits.Check(command.Order, won) : PaymentLimits.CheckOrder(command.Order);
        if (invalid is not null)
            return invalid;

        if (await payments.OfOrder(command.Order, cancellation) is not { } payment || !scope.CoversCustomer(payment.State.Payer, payment.Id))
            return Error.NotFound("payment", $"for order {command.Order}") with { Order = command.Order };

        var answer = payment.AnswerTo(command.AmountWon is { } amount ? new Money(amount) : payment.Amount);
        return answer.Error is null && payment.Status is PaymentStatus.Declined
            ? new Error(ErrorKind.Declined, "PAYMENT_DECLINED", payment.State.Reason) { Order = command.Order }
            : answer;
    }
}

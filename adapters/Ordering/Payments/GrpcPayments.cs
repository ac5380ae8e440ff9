using FoodDelivery.Protos.Payment.V1;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Calls the payment service. It follows the orders by itself and refunds what has to go back.</summary>
internal sealed class GrpcPayments(PaymentService.PaymentServiceClient client, IOptions<PaymentOptions> options, TimeProvider clock) : IPaymentCall
{
    public async Task<Result<long>> Approve(OrderId order, Money amount, string customer, CancellationToken cancellation)
    {
        var request = new ApprovePaymentRequest { OrderId = order.Value, AmountWon = amount.Won, CustomerId = customer };
        var deadline = (clock.GetUtcNow() + options.Value.TotalTimeout).UtcDateTime;
        var payment = (await client.ApprovePaymentAsync(request, deadline: deadline, cancellationToken: cancellation)).Payment;
        return payment.Status switch
        {
            PaymentStatus.Approved => payment.PaymentId,
            PaymentStatus.Declined => PaymentErrors.Declined(payment.Reason),
            _ => PaymentErrors.Unavailable(),
        };
    }
}

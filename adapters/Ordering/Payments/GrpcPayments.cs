using FoodDelivery.Ordering;
using FoodDelivery.Protos.Payment.V1;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Calls the payment service. It follows the orders by itself and refunds what has to go back.</summary>
internal sealed class GrpcPayments(PaymentService.PaymentServiceClient client, IOptions<PaymentOptions> options, TimeProvider clock) : IPaymentCall
{
    private const string OfAnother = "PAYMENT_OF_ANOTHER_ATTEMPT";

    public async Task<Result<long>> Approve(OrderAttempt attempt, CancellationToken cancellation)
    {
        var request = new ApprovePaymentRequest
        {
            OrderId = attempt.Id.Value,
            AmountWon = attempt.Request.Details.Total.Won,
            CustomerId = attempt.Request.Details.Customer,
            AttemptId = attempt.AttemptId,
        };
        var deadline = (clock.GetUtcNow() + options.Value.TotalTimeout).UtcDateTime;
        try
        {
            var payment = (await client.ApprovePaymentAsync(request, deadline: deadline, cancellationToken: cancellation)).Payment;
            return payment.Status switch
            {
                PaymentStatus.Approved => payment.PaymentId,
                PaymentStatus.Declined => PaymentErrors.Declined(payment.Reason),
                _ => PaymentErrors.Unavailable(),
            };
        }
        catch (RpcException refused) when (refused.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason == OfAnother)
        {
            return PaymentErrors.NumberTaken(attempt.Id);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            return PaymentErrors.NotLetIn();
        }
    }
}

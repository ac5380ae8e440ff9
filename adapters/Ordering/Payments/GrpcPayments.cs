using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Protos.Payment.V1;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Takes the money by calling the payment service.</summary>
internal sealed partial class GrpcPayments(
    PaymentService.PaymentServiceClient client,
    PaymentPlaces places,
    PaymentBreaker breaker,
    IOptions<PaymentOptions> options,
    TimeProvider time,
    ILogger<GrpcPayments> log)
    : IPayments
{
    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    public bool TryEnter([NotNullWhen(true)] out IDisposable? place, [NotNullWhen(false)] out Rejection? refusal)
    {
        (place, refusal) = (null, breaker.Pause);
        return refusal is null && places.TryTake(out place, out refusal);
    }

    public async Task<Outcome<long>> Approve(OrderId order, Money amount, string customer, CancellationToken cancellation)
    {
        var request = new ApprovePaymentRequest { OrderId = order.Value, AmountWon = amount.Won, CustomerId = customer };
        try
        {
            // Seen through within its time-out even if the customer hangs up: the breaker has to hear how it ended, above all when it was the
            // one payment that was let through to see whether all is well again.
            var answer = await breaker.Pipeline.ExecuteAsync(
                async (call, token) => await call.client.ApprovePaymentAsync(call.request, deadline: Deadline(), cancellationToken: token),
                (client, request),
                CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return Outcome(answer.Payment);
        }
        catch (BrokenCircuitException)
        {
            return breaker.Pause ?? PaymentBreaker.Refusal(TryLater);
        }
        catch (Exception error) when (PaymentFailure.IsUnclear(error))
        {
            Unclear(order, error.Message);
            return Unavailable();
        }
    }

    private static Outcome<long> Outcome(Payment payment) => payment.Status switch
    {
        PaymentStatus.Approved => payment.PaymentId,
        PaymentStatus.Declined => new Rejection(RejectionKind.Declined, "PAYMENT_DECLINED", payment.Reason),

        // Given up or sent back meanwhile: the attempt is beyond saving, but a new one may do better.
        _ => Unavailable(),
    };

    private static Rejection Unavailable() => Rejection.Unavailable(
        "PAYMENT_UNAVAILABLE", "Payment gave no clear answer in time; there is no order, and whatever was charged goes back.", TryLater);

    private DateTime Deadline() => time.GetUtcNow().UtcDateTime + options.Value.TryTimeout;

    [LoggerMessage(LogLevel.Warning, "The payment of order {Order} is unclear: {Why}")]
    private partial void Unclear(OrderId order, string why);
}

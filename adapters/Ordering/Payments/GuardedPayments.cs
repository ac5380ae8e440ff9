using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Ordering.Ports;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Takes the money, whoever is called for it: no more payments at the same time than there are places, two tries, and a breaker around them.</summary>
internal sealed partial class GuardedPayments(IPaymentCall call, PaymentPlaces places, PaymentBreaker breaker, ILogger<GuardedPayments> log) : IPayments
{
    public bool TryEnter([NotNullWhen(true)] out IDisposable? place, [NotNullWhen(false)] out Error? refusal)
    {
        (place, refusal) = (null, breaker.Pause);
        return refusal is null && places.TryTake(out place, out refusal);
    }

    public async Task<Result<long>> Approve(OrderId order, Money amount, string customer, CancellationToken cancellation)
    {
        try
        {
            // Seen through within its time-out even if the customer hangs up: the breaker has to hear how it ended, above all when it was the
            // one payment that was let through to see whether all is well again.
            var answer = await breaker.Pipeline.ExecuteAsync(
                static async (asked, token) => await asked.call.Approve(asked.order, asked.amount, asked.customer, token),
                (call, order, amount, customer),
                CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return answer;
        }
        catch (BrokenCircuitException)
        {
            return breaker.Pause ?? PaymentBreaker.Refusal(PaymentAnswers.TryLater);
        }
        catch (Exception error) when (PaymentFailure.IsUnclear(error))
        {
            Unclear(order, error.Message);
            return PaymentAnswers.Unavailable();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The payment of order {Order} is unclear: {Why}")]
    private partial void Unclear(OrderId order, string why);
}

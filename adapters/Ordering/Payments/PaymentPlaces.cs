using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>The bound on payments under way at the same time. Nobody waits for a place: a queue would only add its wait to the time-out.</summary>
internal sealed class PaymentPlaces(IOptions<PaymentOptions> options) : IDisposable
{
    private static readonly Error Full = Error.Unavailable(
        "PAYMENT_BUSY", "Too many payments are under way; please pay a little later. Nothing was charged.", TimeSpan.FromSeconds(1));

    private readonly ConcurrencyLimiter _places = new(new() { PermitLimit = options.Value.AtOnce, QueueLimit = 0 });

    public bool TryTake([NotNullWhen(true)] out IDisposable? place, [NotNullWhen(false)] out Error? refusal)
    {
        var lease = _places.AttemptAcquire();
        if (lease.IsAcquired)
        {
            (place, refusal) = (lease, null);
            return true;
        }

        lease.Dispose();
        (place, refusal) = (null, Full);
        return false;
    }

    public void Dispose() => _places.Dispose();
}

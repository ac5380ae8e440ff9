using System.Threading.RateLimiting;
using FoodDelivery.Payments.Ports;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>
/// Gives every call to a provider a deadline and one of a bounded number of places, and makes an unclear answer of everything that is not an
/// answer. Whoever finds all places taken is refused at once. Giving money back has places of its own: charges cannot crowd it out.
/// </summary>
internal sealed partial class PunctualProvider(
    IPaymentProvider provider, ProviderBounds bounds, TimeProvider clock, ILogger<PunctualProvider> log) : IPaymentProvider, IDisposable
{
    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _charging = new(new() { PermitLimit = bounds.AtOnce, QueueLimit = 0 });
    private readonly ConcurrencyLimiter _settling = new(new() { PermitLimit = bounds.AtOnce, QueueLimit = 0 });

    public Task<Result<Charge>> Approve(OrderId order, Money amount, string customerId, CancellationToken cancellation) =>
        InTime(_charging, order, token => provider.Approve(order, amount, customerId, token), cancellation);

    public Task<Result<Charge>> Refund(OrderId order, CancellationToken cancellation) =>
        InTime(_settling, order, token => provider.Refund(order, token), cancellation);

    public Task<Result<Charge>> Find(OrderId order, CancellationToken cancellation) =>
        InTime(_settling, order, token => provider.Find(order, token), cancellation);

    public void Dispose()
    {
        _charging.Dispose();
        _settling.Dispose();
    }

    private async Task<Result<Charge>> InTime(
        RateLimiter places, OrderId order, Func<CancellationToken, Task<Result<Charge>>> call, CancellationToken cancellation)
    {
        using var place = places.AttemptAcquire();
        if (!place.IsAcquired)
            return Unclear("PROVIDER_BUSY", "Too many calls to the payment provider are under way; ask again for the same order.");

        using var late = new CancellationTokenSource(bounds.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            TooLate(order, bounds.Deadline);
            return Unclear("PROVIDER_TOO_SLOW", "The payment provider did not answer in time; ask again for the same order.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failed(failure, order);
            return Unclear("PROVIDER_UNREACHABLE", "The payment provider cannot be asked; ask again for the same order.");
        }
    }

    private static Error Unclear(string reason, string message) => Error.Unavailable(reason, message, TryLater);

    [LoggerMessage(LogLevel.Warning, "The provider did not answer about order {Order} within {Deadline}")]
    private partial void TooLate(OrderId order, TimeSpan deadline);

    [LoggerMessage(LogLevel.Error, "The provider could not be asked about order {Order}")]
    private partial void Failed(Exception failure, OrderId order);
}

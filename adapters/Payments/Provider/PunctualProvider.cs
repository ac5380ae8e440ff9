using FoodDelivery.Kernel;
using FoodDelivery.Payments.Ports;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>Gives every call to a provider a deadline, and makes an unclear answer of everything that is not an answer.</summary>
internal sealed partial class PunctualProvider(IPaymentProvider provider, TimeSpan deadline, TimeProvider clock, ILogger<PunctualProvider> log) : IPaymentProvider
{
    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    public Task<Outcome<Charge>> Approve(OrderId order, Money amount, string customerId, CancellationToken cancellation) =>
        InTime(order, token => provider.Approve(order, amount, customerId, token), cancellation);

    public Task<Outcome<Charge>> Refund(OrderId order, CancellationToken cancellation) =>
        InTime(order, token => provider.Refund(order, token), cancellation);

    public Task<Outcome<Charge>> Find(OrderId order, CancellationToken cancellation) =>
        InTime(order, token => provider.Find(order, token), cancellation);

    private async Task<Outcome<Charge>> InTime(OrderId order, Func<CancellationToken, Task<Outcome<Charge>>> call, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            TooLate(order, deadline);
            return Unclear("PROVIDER_TOO_SLOW", "The payment provider did not answer in time; ask again for the same order.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failed(failure, order);
            return Unclear("PROVIDER_UNREACHABLE", "The payment provider cannot be asked; ask again for the same order.");
        }
    }

    private static Rejection Unclear(string reason, string message) => Rejection.Unavailable(reason, message, TryLater);

    [LoggerMessage(LogLevel.Warning, "The provider did not answer about order {Order} within {Deadline}")]
    private partial void TooLate(OrderId order, TimeSpan deadline);

    [LoggerMessage(LogLevel.Error, "The provider could not be asked about order {Order}")]
    private partial void Failed(Exception failure, OrderId order);
}

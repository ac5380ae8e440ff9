using System.Threading.RateLimiting;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>
/// Gives every call to a provider a deadline and a lease on a bounded number of calls, and makes an unclear answer of everything that is not an
/// answer. Without a free lease a call is refused at once. Giving money back has leases of its own: charges cannot crowd it out, nor can one customer's
/// crowd out the others'.
/// </summary>
internal sealed partial class TimeLimitedPaymentProvider(
    IPaymentProvider provider, IProviderBooks books, ProviderLimits limits, TimeProvider clock, ILogger<TimeLimitedPaymentProvider> log)
    : IPaymentProvider, IProviderBooks, IDisposable
{
    // The comparison takes one at a time; more can only come of messages that anybody may send.
    private const int MaxConcurrentLooks = 16;

    // Of a page of the books, which no caller waits for: providers take their time over it.
    private static readonly TimeSpan Listing = TimeSpan.FromSeconds(70);

    private static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    private readonly ConcurrencyLimiter _charging = new(new() { PermitLimit = limits.MaxConcurrentCalls, QueueLimit = 0 });
    private readonly PartitionedRateLimiter<string> _shares = CustomerShares.Of(limits.MaxConcurrentCalls);
    private readonly ConcurrencyLimiter _settling = new(new() { PermitLimit = limits.MaxConcurrentCalls, QueueLimit = 0 });
    private readonly ConcurrencyLimiter _looking = new(new() { PermitLimit = MaxConcurrentLooks, QueueLimit = 0 });

    public async Task<Result<Charge>> Approve(OrderId order, Money amount, string customerId, string attempt, CancellationToken cancellation)
    {
        using var share = _shares.AttemptAcquire(customerId);
        return share.IsAcquired
            ? await InTime(_charging, order, token => provider.Approve(order, amount, customerId, attempt, token), cancellation)
            : Busy;
    }

    public Task<Result<Charge>> Refund(OrderId order, CancellationToken cancellation) =>
        InTime(_settling, order, token => provider.Refund(order, token), cancellation);

    public Task<Result<Charge>> Find(OrderId order, CancellationToken cancellation) =>
        InTime(_settling, order, token => provider.Find(order, token), cancellation);

    public Task<Result<BooksPage>> List(DateTimeOffset from, DateTimeOffset until, string after, int limit, CancellationToken cancellation) =>
        InTime(_looking, order: null, token => books.List(from, until, after, limit, token), cancellation, Listing);

    public Task<Result<BookedCharge>> Look(OrderId order, CancellationToken cancellation) =>
        InTime(_looking, order, token => books.Look(order, token), cancellation);

    public void Dispose()
    {
        _shares.Dispose();
        _charging.Dispose();
        _settling.Dispose();
        _looking.Dispose();
    }

    private async Task<Result<T>> InTime<T>(
        RateLimiter limiter, OrderId? order, Func<CancellationToken, Task<Result<T>>> call, CancellationToken cancellation, TimeSpan? within = null)
        where T : notnull
    {
        using var lease = limiter.AttemptAcquire();
        if (!lease.IsAcquired)
            return Busy;

        var deadline = within ?? limits.Deadline;
        using var late = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            TooLate(About(order), deadline);
            return Unclear("PROVIDER_TOO_SLOW", "The payment provider did not answer in time; ask again for the same order.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Failed(failure, About(order));
            return Unclear("PROVIDER_UNREACHABLE", "The payment provider cannot be asked; ask again for the same order.");
        }
    }

    private static string About(OrderId? order) => order is { } one ? $"order {one}" : "its books";

    private static Error Busy => Unclear("PROVIDER_BUSY", "Too many calls to the payment provider are under way; ask again for the same order.");

    private static Error Unclear(string reason, string message) => Error.Unavailable(reason, message, TryLater);

    [LoggerMessage(LogLevel.Warning, "The provider did not answer about {What} within {Deadline}")]
    private partial void TooLate(string what, TimeSpan deadline);

    [LoggerMessage(LogLevel.Error, "The provider could not be asked about {What}")]
    private partial void Failed(Exception failure, string what);
}

/// <summary>What a provider is allowed to cost.</summary>
/// <param name="Deadline">How long a call may take, all that it does included.</param>
/// <param name="MaxConcurrentCalls">How many charges may be under way at the same time, and how many other calls.</param>
internal sealed record ProviderLimits(TimeSpan Deadline, int MaxConcurrentCalls)
{
    // Settling makes two calls, and is done long before SettlementSchedule.Lease lets another take the payment in hand.
    private const int MaxDeadlineMs = 12_000;

    /// <exception cref="SettingException">One of the settings cannot be used.</exception>
    public static ProviderLimits Read(IConfiguration configuration) => new(
        TimeSpan.FromMilliseconds(Setting.WholeNumber(configuration, "Pay:ProviderTimeoutMs", otherwise: 10_000, least: 1, MaxDeadlineMs)),
        Setting.WholeNumber(configuration, "Pay:ProviderCallsAtOnce", otherwise: 1_000, least: 1, most: 100_000));
}

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Hosting.Limits;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>
/// Takes the money, whoever is called for it: a bounded number of payments at the same time, of which one customer has a part, two tries each, and a
/// breaker around them. Nobody waits for a lease: a queue would only add its wait to the time-out.
/// </summary>
internal sealed partial class ResilientPayments(
    IPaymentCall call, PaymentBreaker breaker, IOptions<PaymentOptions> options, ILogger<ResilientPayments> log) : IPayments, IDisposable
{
    private static readonly Error Busy = Error.Unavailable(
        "PAYMENT_BUSY", "Too many payments are under way; please pay a little later. Nothing was charged.", PaymentErrors.TryLater);

    private static readonly Error BusyWithYours = Busy with { Message = "Too many payments of yours are under way; please pay a little later. Nothing was charged." };

    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = options.Value.AtOnce, QueueLimit = 0 });
    private readonly PartitionedRateLimiter<string> _shares = CustomerShares.Of(options.Value.AtOnce);

    public bool TryAcquire(string customer, [NotNullWhen(true)] out IDisposable? lease, [NotNullWhen(false)] out Error? refusal)
    {
        (lease, refusal) = (null, breaker.Pause);
        if (refusal is not null)
            return false;

        var share = _shares.AttemptAcquire(customer);
        var place = share.IsAcquired ? _limiter.AttemptAcquire() : share;
        if (place.IsAcquired)
        {
            lease = new Place(share, place);
            return true;
        }

        refusal = share.IsAcquired ? Busy : BusyWithYours;
        place.Dispose();
        share.Dispose();
        return false;
    }

    public async Task<Result<long>> Approve(OrderAttempt attempt, CancellationToken cancellation)
    {
        try
        {
            // Seen through within its time-out even if the customer hangs up: the breaker has to hear how it ended, above all when it was the
            // one payment that was let through to see whether all is well again.
            var answer = await breaker.Execute(
                attempt.Request.Details.Customer,
                static async (asked, token) => await asked.call.Approve(asked.attempt, token),
                (call, attempt));
            if (answer.Error is { Kind: ErrorKind.Conflict })
                NumberTaken(attempt.Id);

            cancellation.ThrowIfCancellationRequested();
            return answer;
        }
        catch (BrokenCircuitException)
        {
            return breaker.Pause ?? PaymentBreaker.Refusal(PaymentErrors.TryLater);
        }
        catch (Exception error) when (PaymentFailure.IsUnclear(error))
        {
            Unclear(attempt.Id, error.Message);
            return PaymentErrors.Unavailable();
        }
    }

    public void Dispose()
    {
        _shares.Dispose();
        _limiter.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "The payment of order {Order} is unclear: {Why}")]
    private partial void Unclear(OrderId order, string why);

    [LoggerMessage(
        LogLevel.Error,
        "Under order number {Order} another attempt has paid, so the order is refused. Were these data restored from a backup? Then let the numbers go on "
        + "behind the last one that was given out.")]
    private partial void NumberTaken(OrderId order);

    private sealed class Place(RateLimitLease share, RateLimitLease place) : IDisposable
    {
        public void Dispose()
        {
            place.Dispose();
            share.Dispose();
        }
    }
}

/// <summary>One call of whoever takes the money, in its language.</summary>
internal interface IPaymentCall
{
    /// <summary>Pays as <see cref="FoodDelivery.Ordering.Ports.IPayments.Approve"/> says. An answer that is none, or none in time, is an exception that <see cref="PaymentFailure"/> knows.</summary>
    Task<Result<long>> Approve(OrderAttempt attempt, CancellationToken cancellation);
}

/// <summary>The answers that are no payment's number.</summary>
internal static class PaymentErrors
{
    public static readonly TimeSpan TryLater = TimeSpan.FromSeconds(1);

    /// <summary>A clear no.</summary>
    public static Error Declined(string why) => new(ErrorKind.Declined, "PAYMENT_DECLINED", why);

    /// <summary>The number is another attempt's: this one cannot be paid, and a new one may do better.</summary>
    public static Error NumberTaken(OrderId order) =>
        Error.Conflict("ORDER_NUMBER_TAKEN", "This order's number was used before, so there is no order, and nothing was charged; please order again.") with { Order = order };

    /// <summary>Whoever takes the money does not take this service's own token.</summary>
    public static Error NotLetIn() => Error.Unavailable(
        "PAYMENT_REFUSES_SERVICE", "Payment does not accept this service's own token, which its operators must mend; there is no order.", TryLater);

    /// <summary>Unclear; or given up or sent back meanwhile: then the attempt is beyond saving, but a new one may do better.</summary>
    public static Error Unavailable() => Error.Unavailable(
        "PAYMENT_UNAVAILABLE", "Payment gave no clear answer in time; there is no order, and whatever was charged goes back.", TryLater);
}

/// <summary>Tells what went wrong with a payment that got no answer.</summary>
internal static class PaymentFailure
{
    /// <summary>Whether payment itself is in trouble, which the breaker counts.</summary>
    public static bool IsTrouble(Exception error) => error switch
    {
        RpcException rpc => IsWorthAnotherTry(rpc.StatusCode) || rpc.StatusCode == StatusCode.ResourceExhausted,
        HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests } => true,
        _ => IsWorthAnotherTry(error),
    };

    /// <summary>Whether asking again at once may help; a payment is the same for the same order, so it is safe.</summary>
    public static bool IsWorthAnotherTry(Exception error) => error switch
    {
        TimeoutRejectedException or SocketException => true,
        RpcException rpc => IsWorthAnotherTry(rpc.StatusCode) || rpc.StatusCode == StatusCode.Aborted,
        HttpRequestException http => http.StatusCode is null or >= HttpStatusCode.InternalServerError,
        _ => false,
    };

    /// <summary>Whether it leaves the payment unclear.</summary>
    public static bool IsUnclear(Exception error) => error is RpcException or HttpRequestException or SocketException or TimeoutRejectedException;

    private static bool IsWorthAnotherTry(StatusCode code) =>
        code is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown;
}

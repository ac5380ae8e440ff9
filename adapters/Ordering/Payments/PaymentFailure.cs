using Grpc.Core;
using Polly.Timeout;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Tells what went wrong with a payment that got no answer.</summary>
internal static class PaymentFailure
{
    /// <summary>Whether payment itself is in trouble, which the breaker counts.</summary>
    public static bool IsTrouble(Exception error) => error is TimeoutRejectedException
        || (error is RpcException rpc && (IsWorthAnotherTry(rpc.StatusCode) || rpc.StatusCode == StatusCode.ResourceExhausted));

    /// <summary>Whether asking again at once may help; a payment is the same for the same order, so it is safe.</summary>
    public static bool IsWorthAnotherTry(Exception error) => error is TimeoutRejectedException
        || (error is RpcException rpc && (IsWorthAnotherTry(rpc.StatusCode) || rpc.StatusCode == StatusCode.Aborted));

    /// <summary>Whether it leaves the payment unclear.</summary>
    public static bool IsUnclear(Exception error) => error is RpcException or TimeoutRejectedException;

    private static bool IsWorthAnotherTry(StatusCode code) =>
        code is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal or StatusCode.Unknown;
}

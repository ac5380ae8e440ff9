using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Polly.Timeout;

namespace FoodDelivery.Adapters.Ordering.Payments;

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

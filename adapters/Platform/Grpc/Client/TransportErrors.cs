using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Grpc.Core;

namespace FoodDelivery.Platform.GrpcRuntime.Client;

/// <summary>What went wrong below gRPC, as an outcome.</summary>
static class TransportErrors
{
    public static Status ToStatus(Exception exception) => new(CodeOf(exception), $"Error starting gRPC call. {Describe(exception)}", exception);

    static StatusCode CodeOf(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HttpProtocolException protocol:
                    return CodeOf(protocol.ErrorCode);
                case InvalidOperationException:
                    return StatusCode.Internal;
                case SocketException or AuthenticationException or IOException:
                    return StatusCode.Unavailable;
                case OperationCanceledException:
                    return StatusCode.Cancelled;
            }
        }

        return exception is HttpRequestException ? StatusCode.Unavailable : StatusCode.Internal;
    }

    // https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#errors
    static StatusCode CodeOf(long http2Error) => http2Error switch
    {
        0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xb => StatusCode.ResourceExhausted,
        0xc => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    static string Describe(Exception exception)
    {
        var text = new StringBuilder();
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(cause.GetType().Name).Append(": ").Append(cause.Message);
        }

        return text.ToString();
    }
}

using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rejections;

/// <summary>A gRPC outcome without a message, where no gRPC server answers: headers that end the stream.</summary>
internal static class RpcAnswer
{
    private const string Prefix = "application/grpc";

    /// <summary>Whether a call is gRPC, a browser's way of it included.</summary>
    public static bool IsAskedFor(HttpRequest request) => request.ContentType?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) == true;

    public static void Write(HttpContext context, RpcException outcome)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = context.Request.ContentType;
        response.ContentLength = null;
        response.Headers.GrpcStatus = ((int)outcome.StatusCode).ToString();
        response.Headers.GrpcMessage = PercentEncoded(outcome.Status.Detail);
        foreach (var trailer in outcome.Trailers)
            response.Headers[trailer.Key] = trailer.IsBinary ? Convert.ToBase64String(trailer.ValueBytes) : trailer.Value;
    }

    /// <summary>The gRPC status that an HTTP status stands for.</summary>
    public static StatusCode Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => StatusCode.InvalidArgument,
        StatusCodes.Status401Unauthorized => StatusCode.Unauthenticated,
        StatusCodes.Status403Forbidden => StatusCode.PermissionDenied,
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => StatusCode.Unimplemented,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests => StatusCode.ResourceExhausted,
        StatusCodes.Status504GatewayTimeout => StatusCode.DeadlineExceeded,
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => StatusCode.Unavailable,
        Problems.ClientClosedRequest => StatusCode.Cancelled,
        _ => StatusCode.Unknown,
    };

    private static string PercentEncoded(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var letter in Encoding.UTF8.GetBytes(text))
            _ = letter is >= 0x20 and <= 0x7E and not (byte)'%' ? encoded.Append((char)letter) : encoded.Append('%').Append(letter.ToString("X2"));

        return encoded.ToString();
    }
}

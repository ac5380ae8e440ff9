using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using RichStatus = Google.Rpc.Status;

namespace FoodDelivery.Platform.Hosting.Errors;

/// <summary>Refusals in gRPC.</summary>
public static class RpcErrors
{
    private const string Domain = "fooddelivery";
    private const int LongestMessage = 300;
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>
    /// The refusal as a status with google.rpc details: ErrorInfo with the stable reason, BadRequest with the field, RetryInfo with the delay.
    /// </summary>
    public static RpcException ToRpcException(this Error rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        var code = ErrorCodes.GrpcStatus(rejection.Kind);
        var message = Short(rejection.Message);
        var status = new RichStatus { Code = (int)code, Message = message, Details = { Any.Pack(Info(rejection)) } };
        if (rejection.Field is not null)
        {
            status.Details.Add(Any.Pack(new BadRequest
            {
                FieldViolations = { new BadRequest.Types.FieldViolation { Field = InProtoCase(rejection.Field), Description = message } },
            }));
        }

        if (rejection.Kind is ErrorKind.Unavailable or ErrorKind.Exhausted)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = (rejection.RetryAfter ?? TimeSpan.FromSeconds(1)).ToDuration() }));

        return new RpcException(new Grpc.Core.Status(code, message), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }

    /// <summary>A refusal that no domain has said, with its stable reason.</summary>
    internal static RpcException Refusal(StatusCode code, string reason, string detail)
    {
        var status = new RichStatus { Code = (int)code, Message = detail, Details = { Any.Pack(new ErrorInfo { Reason = reason, Domain = Domain }) } };
        return new RpcException(new Grpc.Core.Status(code, detail), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }

    /// <summary>The value.</summary>
    /// <exception cref="RpcException">It was refused.</exception>
    public static T ValueOrThrow<T>(this Result<T> outcome)
        where T : notnull =>
        outcome.IsError(out var rejection, out var value) ? throw rejection.ToRpcException() : value;

    // A rejection names the field as REST spells it; a message's fields are in snake_case: storeId is store_id.
    private static string InProtoCase(string field) =>
        string.Concat(field.Select(static letter => char.IsAsciiLetterUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : letter.ToString()));

    // A sentence may repeat what the caller wrote. It travels three times and escaped, in headers; callers take 8 KiB of those, and
    // beyond their limit give the whole connection up.
    private static string Short(string message)
    {
        if (message.Length <= LongestMessage)
            return message;

        var end = char.IsHighSurrogate(message[LongestMessage - 1]) ? LongestMessage - 1 : LongestMessage;
        return message[..end] + "…";
    }

    private static ErrorInfo Info(Error rejection)
    {
        var info = new ErrorInfo { Reason = rejection.Reason, Domain = Domain };
        if (rejection.Order is { } order)
            info.Metadata.Add("order_id", order.Value.ToString(CultureInfo.InvariantCulture));

        if (rejection.Expected is not null)
            info.Metadata.Add("expected", rejection.Expected);

        return info;
    }
}

/// <summary>A gRPC outcome without a message, where no gRPC server answers: headers that end the stream.</summary>
internal static class RpcAnswer
{
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

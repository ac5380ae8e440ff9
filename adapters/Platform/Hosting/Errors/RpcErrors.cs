using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RichStatus = Google.Rpc.Status;

namespace FoodDelivery.Platform.Hosting.Errors;

/// <summary>Refusals in gRPC.</summary>
public static class RpcErrors
{
    private const string Domain = "fooddelivery";
    private const int LongestMessage = 300;

    /// <summary>
    /// The refusal as a status with google.rpc details: ErrorInfo with the stable reason, BadRequest with the field, RetryInfo with the delay.
    /// </summary>
    public static RpcException ToRpcException(this Error rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        var message = Short(rejection.Message);
        var status = new RichStatus { Code = (int)GrpcStatus(rejection.Kind), Message = message, Details = { Any.Pack(Info(rejection)) } };
        if (rejection.Field is not null)
        {
            status.Details.Add(Any.Pack(new BadRequest
            {
                FieldViolations = { new BadRequest.Types.FieldViolation { Field = InProtoCase(rejection.Field), Description = message } },
            }));
        }

        if (rejection.Kind is ErrorKind.Unavailable or ErrorKind.Exhausted)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = (rejection.RetryAfter ?? TimeSpan.FromSeconds(1)).ToDuration() }));

        return status.ToRpcException();
    }

    /// <summary>The value.</summary>
    /// <exception cref="RpcException">It was refused.</exception>
    public static T ValueOrThrow<T>(this Result<T> outcome)
        where T : notnull =>
        outcome.IsError(out var rejection, out var value) ? throw rejection.ToRpcException() : value;

    internal static RpcException ToRpcException(this Refusal refusal)
    {
        if (refusal.Error is not null)
            return refusal.Error.ToRpcException();

        if (refusal.IsStatusAlone)
        {
            var detail = refusal.Status == StatusCodes.Status404NotFound ? "There is no such method here." : ReasonPhrases.GetReasonPhrase(refusal.Status) + ".";
            return new RpcException(new Grpc.Core.Status(GrpcStatus(refusal.Status), detail));
        }

        var code = refusal.Status == StatusCodes.Status500InternalServerError ? StatusCode.Internal : GrpcStatus(refusal.Status);
        return new RichStatus { Code = (int)code, Message = refusal.Detail, Details = { Any.Pack(new ErrorInfo { Reason = refusal.Reason, Domain = Domain }) } }
            .ToRpcException();
    }

    /// <summary>The reason in a call's outcome: of its details, else what its code is called.</summary>
    internal static string Reason(this RpcException outcome) =>
        outcome.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? outcome.StatusCode.ToString();

    // The model's names are those of the messages' fields, but for their case: storeId is store_id.
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

        if (rejection.OpensAt is { } opens)
            info.Metadata.Add("opens_at", opens.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

        return info;
    }

    private static StatusCode GrpcStatus(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid or ErrorKind.KeyReused => StatusCode.InvalidArgument,
        ErrorKind.OutOfRange => StatusCode.OutOfRange,
        ErrorKind.NotFound => StatusCode.NotFound,
        ErrorKind.Conflict or ErrorKind.Declined => StatusCode.FailedPrecondition,
        ErrorKind.Forbidden => StatusCode.PermissionDenied,
        ErrorKind.Unavailable => StatusCode.Unavailable,
        ErrorKind.Exhausted => StatusCode.ResourceExhausted,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of refusal that the table does not know."),
    };

    private static StatusCode GrpcStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => StatusCode.InvalidArgument,
        StatusCodes.Status401Unauthorized => StatusCode.Unauthenticated,
        StatusCodes.Status403Forbidden => StatusCode.PermissionDenied,
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => StatusCode.Unimplemented,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests or StatusCodes.Status431RequestHeaderFieldsTooLarge => StatusCode.ResourceExhausted,
        StatusCodes.Status504GatewayTimeout => StatusCode.DeadlineExceeded,
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => StatusCode.Unavailable,
        Refusal.ClientClosedRequest => StatusCode.Cancelled,
        _ => StatusCode.Unknown,
    };
}

/// <summary>A gRPC outcome without a message, where no gRPC server answers: headers that end the stream.</summary>
internal sealed class RpcRefusalWriter : IRefusalWriter
{
    public bool Speaks(Microsoft.AspNetCore.Http.HttpRequest request) => request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    public Task Write(HttpContext context, Refusal refusal)
    {
        // The gRPC server has answered itself, with an HTTP status besides.
        var response = context.Response;
        if (refusal.IsStatusAlone && response.Headers.GrpcStatus.Count > 0)
            return Task.CompletedTask;

        var outcome = refusal.ToRpcException();
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = context.Request.ContentType;
        response.ContentLength = null;
        response.Headers.GrpcStatus = ((int)outcome.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers.GrpcMessage = PercentEncoded(outcome.Status.Detail);
        foreach (var trailer in outcome.Trailers)
            response.Headers[trailer.Key] = trailer.IsBinary ? Convert.ToBase64String(trailer.ValueBytes) : trailer.Value;

        return Task.CompletedTask;
    }

    private static string PercentEncoded(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var letter in Encoding.UTF8.GetBytes(text))
            _ = letter is >= 0x20 and <= 0x7E and not (byte)'%' ? encoded.Append((char)letter) : encoded.Append('%').Append(letter.ToString("X2"));

        return encoded.ToString();
    }
}

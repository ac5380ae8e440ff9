using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Errors;

/// <summary>The one place that knows what a refusal is called over HTTP and over gRPC.</summary>
internal static class ErrorCodes
{
    public static int HttpStatus(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.Declined => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.KeyReused => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.Exhausted => StatusCodes.Status429TooManyRequests,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of refusal that the table does not know."),
    };

    public static StatusCode GrpcStatus(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCode.InvalidArgument,
        ErrorKind.NotFound => StatusCode.NotFound,
        ErrorKind.Conflict => StatusCode.FailedPrecondition,
        ErrorKind.Forbidden => StatusCode.PermissionDenied,
        ErrorKind.Declined => StatusCode.FailedPrecondition,
        ErrorKind.KeyReused => StatusCode.InvalidArgument,
        ErrorKind.Unavailable => StatusCode.Unavailable,
        ErrorKind.Exhausted => StatusCode.ResourceExhausted,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of refusal that the table does not know."),
    };
}

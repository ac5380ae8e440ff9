using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rejections;

/// <summary>The one place that knows what a refusal is called over HTTP and over gRPC.</summary>
internal static class RejectionTable
{
    public static int HttpStatus(RejectionKind kind) => kind switch
    {
        RejectionKind.Invalid => StatusCodes.Status400BadRequest,
        RejectionKind.NotFound => StatusCodes.Status404NotFound,
        RejectionKind.Conflict => StatusCodes.Status409Conflict,
        RejectionKind.Forbidden => StatusCodes.Status403Forbidden,
        RejectionKind.Declined => StatusCodes.Status422UnprocessableEntity,
        RejectionKind.KeyReused => StatusCodes.Status422UnprocessableEntity,
        RejectionKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RejectionKind.Exhausted => StatusCodes.Status429TooManyRequests,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of refusal that the table does not know."),
    };

    public static StatusCode GrpcStatus(RejectionKind kind) => kind switch
    {
        RejectionKind.Invalid => StatusCode.InvalidArgument,
        RejectionKind.NotFound => StatusCode.NotFound,
        RejectionKind.Conflict => StatusCode.FailedPrecondition,
        RejectionKind.Forbidden => StatusCode.PermissionDenied,
        RejectionKind.Declined => StatusCode.FailedPrecondition,
        RejectionKind.KeyReused => StatusCode.InvalidArgument,
        RejectionKind.Unavailable => StatusCode.Unavailable,
        RejectionKind.Exhausted => StatusCode.ResourceExhausted,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of refusal that the table does not know."),
    };
}

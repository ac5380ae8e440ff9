using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Answers requests that never become a call.</summary>
static class Refusal
{
    /// <summary>A plain outcome, for calls that have no handler.</summary>
    public static Task AnswerAsync(HttpContext http, Status status)
    {
        if (!Protocol.IsAcceptable(http, out var refused))
        {
            return refused;
        }

        http.Response.ContentType = Protocol.ResponseContentType(http);
        Trailing.Write(http, status);
        return Task.CompletedTask;
    }

    /// <summary>An HTTP error, for requests that are no gRPC at all; the outcome says the same to a confused client.</summary>
    public static Task AnswerAsync(HttpContext http, int httpStatus, string detail)
    {
        http.Response.StatusCode = httpStatus;
        Trailing.Write(http, new Status(StatusCode.Internal, detail));
        return Task.CompletedTask;
    }
}

using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>
/// Bytes that are no message of their method never reach a handler, and the gRPC server calls them UNKNOWN, as if the fault were
/// ours. It is the caller's: INVALID_ARGUMENT.
/// </summary>
internal sealed class UnreadableMessage(RequestDelegate next)
{
    public const string Detail = "The request is not a message of this method.";

    private const string Unknown = "2";
    private const string InvalidArgument = "3";

    /// <summary>Says that the call's message has been read: what goes wrong from here on is our own affair.</summary>
    public static void IsNone(ServerCallContext call) => call.GetHttpContext().Features.Set(Read.Instance);

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var response = context.Response;
        if (!response.HasStarted && response.Headers.GrpcStatus == Unknown && context.Features.Get<Read>() is null)
        {
            response.Headers.GrpcStatus = InvalidArgument;
            response.Headers.GrpcMessage = Detail;
        }
    }

    private sealed class Read
    {
        public static readonly Read Instance = new();
    }
}

using FoodDelivery.Platform.GrpcRuntime.Server;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>The way from a gRPC call to its HTTP request.</summary>
public static class ServerCallContextExtensions
{
    const string HttpContextKey = "__HttpContext";

    /// <summary>The HTTP request of the call.</summary>
    /// <exception cref="InvalidOperationException">The context is not one of this server's.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        if (serverCallContext is ServerCall call)
        {
            return call.HttpContext;
        }

        return serverCallContext.UserState.TryGetValue(HttpContextKey, out var kept) && kept is HttpContext http
            ? http
            : throw new InvalidOperationException("This call did not come by HTTP.");
    }
}

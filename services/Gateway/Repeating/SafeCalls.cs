using FoodDelivery.Services.Gateway.Routes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FoodDelivery.Services.Gateway.Repeating;

/// <summary>Which calls may be made twice: reads, gRPC methods whose contract says so, and commands under an idempotency key.</summary>
internal static class SafeCalls
{
    public static bool Contains(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || !StringValues.IsNullOrEmpty(request.Headers["Idempotency-Key"])
        || ProxyRoutes.MayRepeat(request.HttpContext);
}

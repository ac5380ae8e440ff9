using FoodDelivery.Platform.Hosting.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>
/// A port for those who look after the service and have no certificate, such as a cluster's probes and what collects metrics: it is not encrypted, and has the pages
/// without a limit to themselves, and nothing else.
/// </summary>
internal sealed class ProbePort(RequestDelegate next)
{
    /// <summary>Marks the connections of a port.</summary>
    public static void Mark(ListenOptions port) => port.Use(static next => connection =>
    {
        connection.Features.Set(Marked.Instance);
        return next(connection);
    });

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Marked>() is null || context.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
            return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Refusal.OfStatus(context).ExecuteAsync(context);
    }

    private sealed class Marked
    {
        public static readonly Marked Instance = new();
    }
}

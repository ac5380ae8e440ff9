using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;

namespace FoodDelivery.Services.Gateway.Routes;

/// <summary>
/// Believes a replica that asks to connect elsewhere as it answers, which it does on its way out, before the next probe does: the last requests that it gets are
/// those that it can still answer. A probe says when it is back. Refusals do not count, since a stranger can provoke one that ends the connection.
/// </summary>
internal static class Farewells
{
    public static ValueTask Notice(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { Headers.ConnectionClose: true, StatusCode: < HttpStatusCode.BadRequest }
            && context.HttpContext.GetReverseProxyFeature() is { ProxiedDestination: { } leaving, Route.Cluster: { } cluster })
        {
            context.HttpContext.RequestServices.GetRequiredService<IDestinationHealthUpdater>()
                .SetActive(cluster, [new NewActiveDestinationHealth(leaving, DestinationHealth.Unhealthy)]);
        }

        return ValueTask.CompletedTask;
    }
}

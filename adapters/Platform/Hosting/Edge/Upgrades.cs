using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace FoodDelivery.Platform.Hosting.Edge;

/// <summary>
/// Connections that become another protocol's, such as WebSockets. They are nothing that the limit of requests bounds, so that a service has none unless
/// its settings allow some: then the wish is not heard (RFC 9110, 7.8), and a route that lives on it says so. One more than are allowed is told to come again.
/// </summary>
internal sealed class Upgrades(RequestDelegate next, ServiceSettings settings)
{
    private static readonly Error Full = Error.Unavailable(
        "TOO_MANY_CONNECTIONS", "More connections are open here than are allowed; try again.", TimeSpan.FromSeconds(1));

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
            return next(context);

        if (settings.UpgradedConnections > 0)
            return Bounded(context, upgrade);

        context.Features.Set<IHttpUpgradeFeature>(null);
        return next(context);
    }

    private async Task Bounded(HttpContext context, IHttpUpgradeFeature upgrade)
    {
        context.Features.Set<IHttpUpgradeFeature>(new Attempt(upgrade));
        try
        {
            await next(context);
        }
        catch (FullException) when (!context.Response.HasStarted)
        {
            var headers = context.Response.Headers;
            headers.Remove(HeaderNames.Upgrade);
            headers.Remove(HeaderNames.SecWebSocketAccept);
            headers.Connection = "close";
            await context.Refuse(Full);
        }
    }

    private sealed class Attempt(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync()
        {
            try
            {
                return await upgrade.UpgradeAsync();
            }
            catch (InvalidOperationException full)
            {
                throw new FullException(full);
            }
        }
    }

    private sealed class FullException(Exception inner) : Exception("No more connections may become another protocol's.", inner);
}

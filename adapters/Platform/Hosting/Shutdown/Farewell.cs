using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Platform.Hosting.Shutdown;

/// <summary>
/// On its way out a service tells whoever still asks to connect elsewhere (Connection: close, GOAWAY): a connection that was let go of before the end
/// cannot break in the middle of somebody's next request.
/// </summary>
internal sealed class Farewell(RequestDelegate next, Draining draining)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (draining.HasBegun)
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

        return next(context);
    }
}

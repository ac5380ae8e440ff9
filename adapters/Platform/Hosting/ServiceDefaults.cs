using FoodDelivery.Platform.Hosting.Edge;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Shutdown;
using FoodDelivery.Platform.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting;

/// <summary>The routes that every service has.</summary>
public static class ServiceDefaults
{
    /// <summary>Adds the error boundary, the check of tokens, probes, metrics and the API's description. Call it before the service's own routes.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ConnectionDrain>();
        app.UseMiddleware<RefusalBoundary>();
        app.UseMiddleware<Upgrades>();
        app.UseBrowserAccess();
        app.UseMiddleware<ServerLimit>();
        app.UseSecurity();
        app.MapServiceRpc();
        app.MapHealthPages();
        app.MapMetricsPage();
        app.MapApiDescription();
        return app;
    }

    /// <summary>What a gateway has of its own: the error boundaries, the check of tokens, probes, metrics and in Development the page of the API; no gRPC services and no operations.</summary>
    public static WebApplication MapGatewayDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ConnectionDrain>();
        app.UseForwardedHeaders();
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<UnambiguousLength>();
        app.UseMiddleware<RefusalBoundary>();
        app.UseMiddleware<Upgrades>();
        app.UseBrowserAccess();
        app.UseMiddleware<ServerLimit>();
        if (app.Environment.IsDevelopment())
            app.MapApiPage();

        app.UseCallers();
        app.UseClientLimit();
        app.UseAuthorization();
        app.MapHealthPages();
        app.MapMetricsPage();
        return app;
    }
}

using FoodDelivery.Platform.Hosting.Browsers;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Metrics;
using FoodDelivery.Platform.Hosting.Operations;
using FoodDelivery.Platform.Hosting.Rejections;
using FoodDelivery.Platform.Hosting.Rpc;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Platform.Hosting;

/// <summary>The routes that every service has.</summary>
public static class ServiceDefaults
{
    /// <summary>Adds the error boundary, probes, metrics and the API's description. Call it before the service's own routes.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ProblemBoundary>();
        app.UseBrowserAccess();
        app.MapServiceRpc();
        app.MapHealthPages();
        app.MapMetricsPage();
        app.MapOperations();
        app.MapApiDescription();
        return app;
    }
}

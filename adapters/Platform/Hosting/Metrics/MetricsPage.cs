using FoodDelivery.Platform.Hosting.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Metrics;

/// <summary>The page that Prometheus reads.</summary>
internal static class MetricsPage
{
    public static IServiceCollection AddMetricsPage(this IServiceCollection services) => services.AddMetrics().AddSingleton<Measurements>();

    public static void MapMetricsPage(this IEndpointRouteBuilder endpoints)
    {
        // Asked for here, it listens from the start and not from the first scrape.
        var measurements = endpoints.ServiceProvider.GetRequiredService<Measurements>();
        Unlimited.Of(endpoints.MapGet("/metrics", () => Results.Text(measurements.Page(), TextPage.ContentType)).ExcludeFromDescription());
    }
}

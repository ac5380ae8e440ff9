using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting.Metrics;

/// <summary>The page that Prometheus reads.</summary>
internal static class MetricsPage
{
    /// <summary>Whether it is read without a token, as where nobody but the scraper can reach the port.</summary>
    private const string OpenKey = "Metrics:Open";

    public static IServiceCollection AddMetricsPage(this IServiceCollection services) => services.AddMetrics().AddSingleton<Measurements>();

    public static void MapMetricsPage(this IEndpointRouteBuilder endpoints)
    {
        // Asked for here, it listens from the start and not from the first scrape.
        var measurements = endpoints.ServiceProvider.GetRequiredService<Measurements>();
        var page = endpoints.MapGet("/metrics", () => Results.Text(measurements.Page(), TextPage.ContentType)).ExcludeFromDescription();
        if (Setting.Flag(endpoints.ServiceProvider.GetRequiredService<IConfiguration>(), OpenKey, otherwise: endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment()))
            page.AllowWithoutToken();

        Unlimited.Of(page);
    }
}

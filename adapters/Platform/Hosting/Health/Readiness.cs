using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>What a service must have before it is sent calls.</summary>
public static class ReadinessRegistration
{
    private const string Tag = "ready";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Adds a condition under a name that the readiness page shows. It must be quick: it is asked at every probe.</summary>
    public static IServiceCollection AddReadiness(this IServiceCollection services, string name, Func<IServiceProvider, bool> isReady) =>
        services.AddReadiness(name, (provider, _) => Task.FromResult(isReady(provider)));

    /// <summary>Adds a condition under a name that the readiness page shows. It has two seconds; one that throws is not met.</summary>
    public static IServiceCollection AddReadiness(
        this IServiceCollection services, string name, Func<IServiceProvider, CancellationToken, Task<bool>> isReady) =>
        services.AddCondition(name, async (provider, cancellation) => await isReady(provider, cancellation) ? HealthStatus.Healthy : HealthStatus.Unhealthy);

    /// <summary>Adds a condition that the page shows as not met also where the service can do without it, which is Degraded.</summary>
    internal static IServiceCollection AddCondition(this IServiceCollection services, string name, Func<IServiceProvider, CancellationToken, Task<HealthStatus>> state)
    {
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, provider => new Readiness(provider, state), HealthStatus.Unhealthy, [Tag], Longest));
        return services;
    }

    internal static IServiceCollection AddServiceHealth(this IServiceCollection services) =>
        services.AddReadiness("accepting", static provider => provider.GetRequiredService<Draining>().IsOpen);

    internal static Task<HealthReport> Report(HealthCheckService health, CancellationToken cancellation) =>
        health.CheckHealthAsync(static check => check.Tags.Contains(Tag), cancellation);

    private sealed class Readiness(IServiceProvider provider, Func<IServiceProvider, CancellationToken, Task<HealthStatus>> state) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            new(await state(provider, cancellationToken));
    }
}

/// <summary>The probes: alive as long as it answers, ready when everything it needs is there; and both once more as Spring says it.</summary>
internal static class HealthPages
{
    public static void MapHealthPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", static () => Results.Json(new { status = "alive" }, RestJson.Options)).ExcludeFromDescription().AllowWithoutToken().DisableRateLimiting();
        endpoints.MapGet("/healthz/ready", static async (HealthCheckService health, CancellationToken cancellation) =>
        {
            var report = await ReadinessRegistration.Report(health, cancellation);
            return Results.Json(
                new
                {
                    status = IsUp(report) ? "ready" : "not ready",
                    checks = report.Entries.ToDictionary(static entry => entry.Key, static entry => entry.Value.Status == HealthStatus.Healthy ? "ready" : "not ready", StringComparer.Ordinal),
                },
                RestJson.Options,
                statusCode: Code(report));
        }).ExcludeFromDescription().AllowWithoutToken().DisableRateLimiting();
        endpoints.MapGet("/actuator/health", static async (HealthCheckService health, CancellationToken cancellation) =>
        {
            var report = await ReadinessRegistration.Report(health, cancellation);
            return Results.Json(new { status = IsUp(report) ? "UP" : "OUT_OF_SERVICE" }, RestJson.Options, statusCode: Code(report));
        }).ExcludeFromDescription().AllowWithoutToken().DisableRateLimiting();
    }

    private static bool IsUp(HealthReport report) => report.Status != HealthStatus.Unhealthy;

    private static int Code(HealthReport report) => IsUp(report) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}

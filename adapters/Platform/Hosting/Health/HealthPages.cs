using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>The probes: alive as long as it answers, ready when everything it needs is there; and both once more as Spring says it.</summary>
internal static class HealthPages
{
    public static void MapHealthPages(this IEndpointRouteBuilder endpoints)
    {
        Unlimited.Of(endpoints.MapGet("/healthz/live", static () => Results.Json(new { status = "alive" }, RestJson.Options)).ExcludeFromDescription().AllowWithoutToken());
        Unlimited.Of(endpoints.MapGet("/healthz/ready", static async (HealthCheckService health, CancellationToken cancellation) =>
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
        }).ExcludeFromDescription().AllowWithoutToken());
        Unlimited.Of(endpoints.MapGet("/actuator/health", static async (HealthCheckService health, CancellationToken cancellation) =>
        {
            var report = await ReadinessRegistration.Report(health, cancellation);
            return Results.Json(new { status = IsUp(report) ? "UP" : "OUT_OF_SERVICE" }, RestJson.Options, statusCode: Code(report));
        }).ExcludeFromDescription().AllowWithoutToken());
    }

    private static bool IsUp(HealthReport report) => report.Status == HealthStatus.Healthy;

    private static int Code(HealthReport report) => IsUp(report) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}

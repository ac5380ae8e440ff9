using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting;

/// <summary>Runs a service from its command line to its exit code.</summary>
public static class ServiceRunner
{
    /// <summary>Builds and runs it until it is told to stop: 0; or 1 and one sentence on the error stream if it cannot start.</summary>
    public static async Task<int> Run(Func<WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            await using var app = build();
            await Start(app);
            Announce(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (StartException impossible)
        {
            await Console.Error.WriteLineAsync(impossible.Message);
            return 1;
        }
    }

    private static void Announce(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<ServiceSettings>();
        Console.WriteLine($"{settings.Name} listens on {string.Join(" and ", app.Urls)}; data in {settings.DataDirectory}; Ctrl+C stops");
    }

    /// <summary>Starts a service.</summary>
    /// <exception cref="StartException">It cannot start; the message is the one sentence.</exception>
    public static async Task Start(WebApplication app, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        try
        {
            await app.StartAsync(cancellation);
            app.Services.GetRequiredService<StartupPhase>().End();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new StartException(StartFailure.Explain(failure, app.Services.GetRequiredService<ServiceSettings>()), failure);
        }
    }

    /// <summary>What a started service still lacks, by the names of its conditions; nothing once it is ready.</summary>
    public static async Task<IReadOnlyList<string>> Lacks(WebApplication app, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        var report = await ReadinessRegistration.Report(app.Services.GetRequiredService<HealthCheckService>(), cancellation);
        return [.. report.Entries.Where(static entry => entry.Value.Status != HealthStatus.Healthy).Select(static entry => entry.Key)];
    }
}

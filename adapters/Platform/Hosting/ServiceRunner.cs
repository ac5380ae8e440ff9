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
    /// <param name="name">The service's name.</param>
    /// <param name="build">Builds it.</param>
    public static Task<int> Run(string name, Func<WebApplication> build) => ExitCode(async () =>
    {
        await using var app = Try(name, build);
        try
        {
            await Start(app);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return 0;
        }
        catch
        {
            await Discard(app);
            throw;
        }

        Announce(app);
        await app.WaitForShutdownAsync();
        return 0;
    });

    /// <summary>The exit code of a program, which every one passes: what <paramref name="run"/> says; or 1, and one sentence on the error stream, if it cannot start.</summary>
    public static async Task<int> ExitCode(Func<Task<int>> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            return await run();
        }
        catch (StartException impossible)
        {
            await Console.Error.WriteLineAsync(impossible.Message);
            return 1;
        }
    }

    /// <summary>Takes a step of a start: reads settings, or builds a service.</summary>
    /// <param name="name">Who starts.</param>
    /// <param name="step">The step.</param>
    /// <exception cref="StartException">It failed, in whatever way; the message is one sentence.</exception>
    public static T Try<T>(string name, Func<T> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        try
        {
            return step();
        }
        catch (Exception failure) when (failure is not StartException)
        {
            throw new StartException(StartFailure.Explain(failure, name), failure);
        }
    }

    /// <summary>Stops and forgets a service whose start, or another's beside it, has failed: what goes wrong with that says less than why.</summary>
    public static async Task Discard(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        await Ignore(() => app.StopAsync());
        await Ignore(() => app.DisposeAsync().AsTask());

        static async Task Ignore(Func<Task> step)
        {
            try
            {
                await step();
            }
            catch (Exception)
            {
                // See above.
            }
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
        catch (Exception failure) when (failure is not OperationCanceledException || !(cancellation.IsCancellationRequested || app.Lifetime.ApplicationStopping.IsCancellationRequested))
        {
            var settings = app.Services.GetRequiredService<ServiceSettings>();
            throw new StartException(StartFailure.Explain(failure, settings.Name, settings), failure);
        }
    }

    /// <summary>What a started service still lacks, by the names of its conditions; nothing once it is ready.</summary>
    public static async Task<IReadOnlyList<string>> Lacks(WebApplication app, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        var report = await ReadinessRegistration.Report(app.Services.GetRequiredService<HealthCheckService>(), cancellation);
        return [.. report.Entries.Where(static entry => entry.Value.Status == HealthStatus.Unhealthy).Select(static entry => entry.Key)];
    }
}

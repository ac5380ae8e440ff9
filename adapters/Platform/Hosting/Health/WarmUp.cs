using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>What a service runs once before it is ready, so that its first callers do not wait for code and connections.</summary>
public static class WarmUp
{
    private const int Rounds = 4;
    private const int Concurrency = 20;

    /// <summary>
    /// Adds a call that is made once the server listens; it must leave no trace. Readiness waits for its end, also where it fails, and for ten seconds at the most.
    /// </summary>
    /// <param name="services">The service's registrations.</param>
    /// <param name="what">The condition's name on the readiness page.</param>
    /// <param name="run">Makes the call.</param>
    public static IServiceCollection AddWarmUp(this IServiceCollection services, string what, Func<IServiceProvider, CancellationToken, Task> run) =>
        services.AddWarmUp(what, run, static _ => true, isNeeded: true);

    /// <summary>Adds a call whose success goes on being a condition: what it was to bring about may be lost again, or come later.</summary>
    /// <param name="services">The service's registrations.</param>
    /// <param name="what">The condition's name on the readiness page.</param>
    /// <param name="run">Makes the call.</param>
    /// <param name="holds">Whether there is, after the call, what it was made for.</param>
    /// <param name="isNeeded">Whether the service is not ready without it; else the page only shows it.</param>
    public static IServiceCollection AddWarmUp(
        this IServiceCollection services, string what, Func<IServiceProvider, CancellationToken, Task> run, Func<IServiceProvider, bool> holds, bool isNeeded)
    {
        services.AddKeyedSingleton(what, (provider, _) => new WarmUpService(
            what, run, provider, provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WarmUpService>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<WarmUpService>(what));
        return services.AddCondition(what, (provider, _) => Task.FromResult(
            !provider.GetRequiredKeyedService<WarmUpService>(what).IsOver ? HealthStatus.Unhealthy
            : holds(provider) ? HealthStatus.Healthy
            : isNeeded ? HealthStatus.Unhealthy : HealthStatus.Degraded));
    }

    /// <summary>
    /// Calls <paramref name="run"/> in rounds, several at once, so that its code is compiled and its connections are open. Fails as it does, after the round
    /// in which it failed.
    /// </summary>
    public static async Task Repeat(Func<Task> run)
    {
        for (var round = 0; round < Rounds; round++)
            await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => run()));
    }
}

/// <summary>Makes the call once, as soon as the server listens.</summary>
internal sealed partial class WarmUpService(
    string what, Func<IServiceProvider, CancellationToken, Task> run, IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<WarmUpService> log)
    : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private volatile bool _isOver;

    /// <summary>Whether it has ended, or was given up.</summary>
    public bool IsOver => _isOver;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var late = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, late.Token);
        try
        {
            await run(services, either.Token);
        }
        catch (Exception failure)
        {
            // A call that the stop cuts off fails in ways of its own.
            if (!stoppingToken.IsCancellationRequested)
                Cold(what, failure.Message);
        }

        _isOver = true;
    }

    [LoggerMessage(LogLevel.Information, "The first callers may wait a little: warming up '{What}' ended early: {Why}")]
    private partial void Cold(string what, string why);
}

/// <summary>Where a service reaches itself once it listens, so that it can warm up the way that its callers take.</summary>
public static class OwnAddress
{
    /// <summary>Its REST port; null if it listens on none.</summary>
    public static Uri? Rest(IServiceProvider services) => Reachable(Addresses(services)?.FirstOrDefault());

    /// <summary>Its gRPC port, which is the last; null if it listens on none.</summary>
    public static Uri? Grpc(IServiceProvider services) => Reachable(Addresses(services)?.LastOrDefault());

    private static ICollection<string>? Addresses(IServiceProvider services) =>
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;

    private static Uri? Reachable(string? address) => address is null
        ? null
        : new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
}

using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>
/// The way out: first the service says that it is not ready, then it waits until balancers have noticed, then it ends the streams
/// politely, and only then does the server stop, which lets calls in flight finish.
/// </summary>
internal sealed class Draining(ServiceSettings settings, TimeProvider clock) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _streams = new();
    private volatile bool _started;
    private volatile bool _begun;

    /// <summary>Whether the service takes calls and means to go on doing so.</summary>
    public bool IsOpen => _started && !_begun;

    /// <summary>Whether the service is on its way out.</summary>
    public bool HasBegun => _begun;

    /// <summary>Cancelled when streams shall end.</summary>
    public CancellationToken StreamsEnd => _streams.Token;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        if (settings.DrainDelay > TimeSpan.Zero)
            await Task.Delay(settings.DrainDelay, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await _streams.CancelAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _streams.Dispose();
}

/// <summary>Registers the way out.</summary>
internal static class DrainingRegistration
{
    public static IServiceCollection AddDraining(this IServiceCollection services, ServiceSettings settings) => services
        .Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = settings.DrainDelay + settings.StopTimeout;
            host.ServicesStartConcurrently = false;
            host.ServicesStopConcurrently = false;
        })
        .AddSingleton<Draining>()
        .AddSingleton<IHostedService>(static services => services.GetRequiredService<Draining>());
}

/// <summary>
/// On its way out a service tells whoever still asks to connect elsewhere (Connection: close, GOAWAY): a connection that was let go of before the end
/// cannot break in the middle of somebody's next request.
/// </summary>
internal sealed class ConnectionDrain(RequestDelegate next, Draining draining)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (draining.HasBegun)
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();

        return next(context);
    }
}

/// <summary>For services that share a process: its host hears the signals, and stops them in the order that suits them.</summary>
internal sealed class NoopHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

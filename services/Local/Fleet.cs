using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Local;

/// <summary>The services of this process: started together, stopped one after the other.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private WebApplication[] _apps = [];

    /// <summary>Starts all of them at the same time.</summary>
    /// <exception cref="StartException">One of them cannot start; the others are stopped again.</exception>
    public async Task Start(IReadOnlyList<(string Name, Func<string[], WebApplication> Build)> parts, string[] args)
    {
        // Building compiles much: on threads of their own the parts share the processors.
        var built = parts.Select(part => Task.Run(() => ServiceRunner.Try(part.Name, () => part.Build(args)))).ToList();
        try
        {
            var apps = await Task.WhenAll(built);
            await Task.WhenAll(apps.Select(static app => Task.Run(() => ServiceRunner.Start(app))));
            _apps = apps;
        }
        catch (StartException)
        {
            foreach (var app in built.Where(static one => one.IsCompletedSuccessfully))
                await ServiceRunner.Discard(await app);

            throw;
        }
    }

    /// <summary>Waits until every service is ready, and says what is missing when that takes long; false if it shall stop before.</summary>
    public async Task<bool> Ready(CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var told = false; !stop.IsCancellationRequested; await Task.Delay(Pause, CancellationToken.None))
        {
            var missing = (await Task.WhenAll(_apps.Select(app => ServiceRunner.Lacks(app, CancellationToken.None)))).SelectMany(static names => names).ToList();
            if (missing.Count == 0)
                return true;

            if (!told && TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                await Console.Error.WriteLineAsync($"Not ready yet: {string.Join(", ", missing)}.");
                told = true;
            }
        }

        return false;
    }

    /// <summary>Waits until it is time to stop: false if somebody said so, true if a service ended by itself.</summary>
    public async Task<bool> AnyEnds(CancellationToken stop)
    {
        var ends = _apps.Select(static app => app.Lifetime.ApplicationStopping).Append(stop).ToArray();
        using var any = CancellationTokenSource.CreateLinkedTokenSource(ends);
        await Task.Delay(Timeout.Infinite, any.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }

    /// <summary>Stops them in their order, so that whoever still works finds whom it calls.</summary>
    public async Task Stop()
    {
        foreach (var app in _apps)
            await app.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
            await app.DisposeAsync();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Hosting.Health;

/// <summary>What a service goes through once before it says that it is ready, so that its first callers do not wait for code and connections to be made.</summary>
public static class WarmUpRegistration
{
    /// <summary>
    /// Adds a way that is gone once the server listens; it must leave no trace. Readiness waits for its end, which is as good if it fails, and not longer
    /// than ten seconds.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="what">The condition's name on the readiness page.</param>
    /// <param name="go">Goes the way.</param>
    public static IServiceCollection AddWarmUp(this IServiceCollection services, string what, Func<IServiceProvider, CancellationToken, Task> go)
    {
        services.AddKeyedSingleton(what, (provider, _) => new WarmUp(
            what, go, provider, provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WarmUp>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<WarmUp>(what));
        return services.AddReadiness(what, provider => provider.GetRequiredKeyedService<WarmUp>(what).IsOver);
    }
}

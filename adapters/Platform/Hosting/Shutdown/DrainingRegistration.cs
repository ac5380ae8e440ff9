using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Hosting.Shutdown;

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

using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Gets the service for each call: the registered one, or a new one that ends with the call.</summary>
static class ServiceActivator<TService>
    where TService : class
{
    static readonly Lazy<ObjectFactory<TService>> _create = new(() => ActivatorUtilities.CreateFactory<TService>([]));

    public static TService Get(IServiceProvider services, out bool created)
    {
        if (services.GetService(typeof(TService)) is TService registered)
        {
            created = false;
            return registered;
        }

        created = true;
        return _create.Value(services, null);
    }
}

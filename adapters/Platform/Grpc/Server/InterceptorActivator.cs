using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.GrpcRuntime.Server;

/// <summary>Gets an interceptor for each call: the registered one, or a new one that ends with the call.</summary>
sealed class InterceptorActivator(InterceptorRegistration registration)
{
    readonly Lazy<ObjectFactory> _create = new(() => ActivatorUtilities.CreateFactory(
        registration.Type, [.. registration.Arguments.Select(argument => argument.GetType())]));

    readonly object[] _arguments = [.. registration.Arguments];

    public Interceptor Get(IServiceProvider services, out bool created)
    {
        if (_arguments.Length == 0 && services.GetService(registration.Type) is Interceptor registered)
        {
            created = false;
            return registered;
        }

        created = true;
        return (Interceptor)_create.Value(services, _arguments);
    }
}

using FoodDelivery.Platform.GrpcRuntime.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what the reflection service needs.</summary>
public static class GrpcReflectionServiceExtensions
{
    /// <summary>Lets <c>MapGrpcReflectionService</c> find the mapped services.</summary>
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddGrpc();
        services.TryAddSingleton<DescriptorIndex>();
        return services;
    }
}

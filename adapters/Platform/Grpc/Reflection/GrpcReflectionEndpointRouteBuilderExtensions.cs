using FoodDelivery.Platform.GrpcRuntime.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the reflection service.</summary>
public static class GrpcReflectionEndpointRouteBuilderExtensions
{
    /// <summary>Tells tools what this server serves, by the reflection protocol v1 and, for older tools, v1alpha.</summary>
    /// <exception cref="InvalidOperationException"><c>AddGrpcReflection</c> was not called.</exception>
    public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ServiceProvider.GetService<DescriptorIndex>() is null
            ? throw new InvalidOperationException("The reflection service needs to be registered by 'AddGrpcReflection' first.")
            : new GrpcServiceEndpointConventionBuilder([builder.MapGrpcService<ReflectionV1>(), builder.MapGrpcService<ReflectionV1Alpha>()]);
    }
}

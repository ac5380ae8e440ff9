using FoodDelivery.Platform.GrpcRuntime.Server;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to their routes.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Maps each method of a service; the service is taken from the call's own scope.</summary>
    /// <exception cref="InvalidOperationException"><c>AddGrpc</c> was not called, or the class is no generated service.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        var mapped = services.GetService<MappedServices>()
            ?? throw new InvalidOperationException("gRPC services need to be registered by 'AddGrpc' first.");
        var all = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var own = services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value;

        var binder = new ServiceBinder<TService>(
            builder, MethodOptions.Merge(all, own), services.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler"));
        binder.BindMethods();
        mapped.MapUnknown(builder, binder.ServiceNames, all.IgnoreUnknownServices is true);
        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }
}

using FoodDelivery.Platform.GrpcRuntime.Server;
using FoodDelivery.Platform.GrpcRuntime.Wire;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what serving gRPC needs.</summary>
public static class GrpcServicesExtensions
{
    const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <summary>Makes services mappable by <c>MapGrpcService</c>.</summary>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddOptions();
        services.TryAddSingleton<MappedServices>();
        if (services.All(service => service.ServiceType != typeof(DefaultsApplied)))
        {
            services.AddSingleton<DefaultsApplied>();
            services.Configure<GrpcServiceOptions>(options =>
            {
                options.MaxReceiveMessageSize = DefaultMaxReceiveMessageSize;
                options.CompressionProviders = Encodings.Defaults();
            });
        }

        return new GrpcServerBuilder(services);
    }

    /// <summary>Makes services mappable, with settings for all of them.</summary>
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services, Action<GrpcServiceOptions> configureOptions)
    {
        var builder = services.AddGrpc();
        services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Settings for one service.</summary>
    public static IGrpcServerBuilder AddServiceOptions<TService>(this IGrpcServerBuilder grpcBuilder, Action<GrpcServiceOptions<TService>> configure)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(grpcBuilder);
        grpcBuilder.Services.Configure(configure);
        return grpcBuilder;
    }

    sealed class GrpcServerBuilder(IServiceCollection services) : IGrpcServerBuilder
    {
        public IServiceCollection Services => services;
    }

    sealed class DefaultsApplied;
}

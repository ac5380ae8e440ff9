using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>The Customer context over gRPC.</summary>
public static class CustomerGrpc
{
    /// <summary>Registers its services.</summary>
    public static IServiceCollection AddCustomersGrpc(this IServiceCollection services) => services
        .AddSingleton<GrpcOrderStatuses>()
        .AddSingleton<GrpcNotifications>()
        .AddSingleton<GrpcMembers>();

    /// <summary>Maps its services.</summary>
    public static IEndpointRouteBuilder MapCustomersGrpc(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<GrpcOrderStatuses>();
        routes.MapGrpcService<GrpcNotifications>();
        routes.MapGrpcService<GrpcMembers>();
        return routes;
    }
}

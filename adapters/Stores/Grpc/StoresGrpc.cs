using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The Store context over gRPC.</summary>
public static class StoresGrpc
{
    /// <summary>Registers its services.</summary>
    public static IServiceCollection AddStoresGrpc(this IServiceCollection services) => services
        .AddSingleton<TicketCommands>()
        .AddSingleton<GrpcStores>()
        .AddSingleton<GrpcMenus>()
        .AddSingleton<GrpcTickets>();

    /// <summary>Maps its services.</summary>
    public static IEndpointRouteBuilder MapStoresGrpc(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<GrpcStores>();
        routes.MapGrpcService<GrpcMenus>();
        routes.MapGrpcService<GrpcTickets>();
        return routes;
    }
}

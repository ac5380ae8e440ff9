using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
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
        routes.MapGrpcService<GrpcStores>()
            .AllowMethod(nameof(GrpcStores.GetStore), [.. Roles.All])
            .AllowMethod(nameof(GrpcStores.ListStores), [.. Roles.All]);
        routes.MapGrpcService<GrpcMenus>()
            .AllowMethod(nameof(GrpcMenus.GetMenu), [.. Roles.All])
            .AllowMethod(nameof(GrpcMenus.UpdateMenu), Roles.Owner);
        routes.MapGrpcService<GrpcTickets>()
            .AllowMethod(nameof(GrpcTickets.GetTicket), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.ListTickets), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.WatchTickets), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.AcceptTicket), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.RejectTicket), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.StartCooking), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.FinishCooking), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.StartDelivery), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.FinishDelivery), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.HandOver), Roles.Owner);
        return routes;
    }
}

using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
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
        routes.MapGrpcService<GrpcOrderStatuses>()
            .AllowMethod(nameof(GrpcOrderStatuses.GetOrderStatus), Roles.Customer)
            .AllowMethod(nameof(GrpcOrderStatuses.ListOrderStatuses), Roles.Customer)
            .AllowMethod(nameof(GrpcOrderStatuses.WatchOrder), Roles.Customer);
        routes.MapGrpcService<GrpcNotifications>()
            .AllowMethod(nameof(GrpcNotifications.ListNotifications), Roles.Customer)
            .AllowMethod(nameof(GrpcNotifications.SetOwnerContact), Roles.Owner)
            .AllowMethod(nameof(GrpcNotifications.GetOwnerContact), Roles.Owner);
        routes.MapGrpcService<GrpcMembers>()
            .AllowMethod(nameof(GrpcMembers.SignUp), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.GetMember), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.ChangeMember), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.WithdrawMember), Roles.Customer)
            .AllowMethod(nameof(GrpcMembers.GetPoints), Roles.Customer);
        return routes;
    }
}

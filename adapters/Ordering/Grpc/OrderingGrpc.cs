using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Ordering.Grpc;

/// <summary>Registration of Ordering over gRPC.</summary>
public static class OrderingGrpc
{
    /// <summary>What its service needs besides <see cref="OrderingServices.AddOrdering"/>.</summary>
    public static IServiceCollection AddOrderingGrpc(this IServiceCollection services)
    {
        services.AddGrpc();
        return services;
    }

    /// <summary>Answers calls of <c>fooddelivery.ordering.v1.OrderService</c>.</summary>
    public static IEndpointRouteBuilder MapOrderingGrpc(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<GrpcOrders>()
            .AllowMethod(nameof(GrpcOrders.PlaceOrder), Roles.Customer)
            .AllowMethod(nameof(GrpcOrders.GetOrder), Roles.Customer)
            .AllowMethod(nameof(GrpcOrders.ListOrders), Roles.Customer)
            .AllowMethod(nameof(GrpcOrders.CancelOrder), Roles.Customer);
        return endpoints;
    }
}

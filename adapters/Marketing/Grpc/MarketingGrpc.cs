using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Marketing.Grpc;

/// <summary>The Marketing context over gRPC.</summary>
public static class MarketingGrpc
{
    /// <summary>Registers its services.</summary>
    public static IServiceCollection AddMarketingGrpc(this IServiceCollection services) => services
        .AddSingleton<GrpcRecommendations>()
        .AddSingleton<GrpcCoupons>();

    /// <summary>Maps its services.</summary>
    public static IEndpointRouteBuilder MapMarketingGrpc(this IEndpointRouteBuilder routes)
    {
        routes.MapGrpcService<GrpcRecommendations>()
            .AllowMethod(nameof(GrpcRecommendations.ListRecommendations), Roles.Customer);
        routes.MapGrpcService<GrpcCoupons>()
            .AllowMethod(nameof(GrpcCoupons.GetCoupon), Roles.Customer)
            .AllowMethod(nameof(GrpcCoupons.ListCoupons), Roles.Customer);
        return routes;
    }
}

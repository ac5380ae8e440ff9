using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>Registers gRPC with the house's boundary.</summary>
internal static class RpcRegistration
{
    private const int LargestMessage = 1024 * 1024;

    public static IServiceCollection AddServiceRpc(this IServiceCollection services)
    {
        services.AddSingleton<RpcMeasures>().AddSingleton<RpcBoundary>();
        services.AddGrpc(static grpc =>
        {
            grpc.Interceptors.Add<RpcBoundary>();
            grpc.MaxReceiveMessageSize = LargestMessage;
        });
        return services;
    }
}

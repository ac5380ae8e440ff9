using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>gRPC with the house's boundary, and what gRPC tools ask for: reflection and health.</summary>
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
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks();
        services.Configure<HealthCheckPublisherOptions>(static publishing => (publishing.Delay, publishing.Period) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
        return services;
    }

    public static void MapServiceRpc(this WebApplication app)
    {
        app.UseMiddleware<StreamEnding>();
        app.Use(CloseAfterBase64);
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        app.UseMiddleware<UnreadableMessage>();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService().AllowWithoutToken();
    }

    // A body in base64 that cannot be read to its end leaves a connection on which the next request fails, also a stranger's behind a gateway; and that it
    // cannot shows when the answer has begun. HTTP/2 ends the one request alone.
    private static Task CloseAfterBase64(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc-web-text", StringComparison.OrdinalIgnoreCase) == true
            && context.Features.Get<IHttpResetFeature>() is null)
        {
            context.Response.Headers.Connection = "close";
        }

        return next(context);
    }
}

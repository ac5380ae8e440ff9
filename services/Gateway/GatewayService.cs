using FoodDelivery.Platform.Hosting;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Gateway;

/// <summary>The gateway: the public's single entry to all services.</summary>
public static class GatewayService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Gateway", args, restPort: 8088, grpcPort: 9088);
        builder.AddGateway();
        var app = builder.Build();
        app.MapGateway();
        return app;
    }
}

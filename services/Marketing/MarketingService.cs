using FoodDelivery.Adapters.Marketing;
using FoodDelivery.Adapters.Marketing.Grpc;
using FoodDelivery.Adapters.Marketing.Rest;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Marketing;

/// <summary>The Marketing service: what is plugged into what.</summary>
public static class MarketingService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Marketing", args);
        builder.Services
            .AddSqlite()
            .AddPostgres()
            .AddEventLog(builder.Configuration)
            .AddMarketing(builder.Configuration)
            .AddMarketingGrpc();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOperations();
        app.MapMarketingGrpc();
        app.MapMarketingRest();
        return app;
    }
}

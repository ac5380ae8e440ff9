using FoodDelivery.Adapters.Marketing;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Marketing;

/// <summary>The Marketing service: its composition root.</summary>
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
            .AddMarketing(builder.Configuration);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOperations();
        app.MapMarketing();
        return app;
    }
}

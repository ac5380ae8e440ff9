using FoodDelivery.Adapters.Stores;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Store;

/// <summary>The Store service: its composition root.</summary>
public static class StoreService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Store", args);
        builder.Services
            .AddSqlite()
            .AddPostgres()
            .AddEventLog(builder.Configuration);
        builder.AddStores();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOperations();
        app.MapStores();
        return app;
    }
}

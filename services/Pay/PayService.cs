using FoodDelivery.Adapters.Payments;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Pay;

/// <summary>The Pay service: its composition root.</summary>
public static class PayService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Pay", args);
        builder.Services
            .AddSqlite()
            .AddPostgres()
            .AddEventLog(builder.Configuration);
        builder.AddPayments();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOperations();
        app.MapPayments();
        return app;
    }
}

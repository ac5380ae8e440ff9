using FoodDelivery.Adapters.Payments;
using FoodDelivery.Adapters.Payments.Grpc;
using FoodDelivery.Adapters.Payments.Rest;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Services.Pay;

/// <summary>The Pay service: what is plugged into what.</summary>
public static class PayService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Pay", args);
        builder.Services
            .AddSqlite()
            .AddPostgres()
            .AddEventLog(builder.Configuration)
            .AddPayments(builder.Configuration, simulatorByDefault: builder.Environment.IsDevelopment())
            .AddPaymentsGrpc();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapOperations();
        app.MapPaymentsGrpc();
        app.MapPaymentsRest();
        return app;
    }
}

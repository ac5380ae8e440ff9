using FoodDelivery.Adapters.Payments;
using FoodDelivery.Adapters.Payments.Grpc;
using FoodDelivery.Adapters.Payments.Rest;
using FoodDelivery.Platform.EventLogs;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Postgres;
using FoodDelivery.Platform.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Services.Pay;

/// <summary>The Pay service: what is plugged into what.</summary>
public static class PayService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Pay", args, restPort: 8082, grpcPort: 9082);
        builder.Services
            .AddSqlite()
            .AddPostgres()
            .AddEventLog(builder.Configuration)
            .AddPayments(builder.Configuration, simulatorByDefault: builder.Environment.IsDevelopment())
            .AddPaymentsGrpc();

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapPaymentsGrpc();
        app.MapPaymentsRest();
        return app;
    }
}

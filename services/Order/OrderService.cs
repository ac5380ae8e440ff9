using FoodDelivery.Adapters.Ordering;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Services.Order;

/// <summary>The Order service: its composition root.</summary>
public static class OrderService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Order", args);
        builder.Services.AddContextDefaults(builder.Configuration).AddForwarding();
        builder.AddOrdering();

        var app = builder.Build().MapContextDefaults().MapOrdering();
        if (app.Environment.IsDevelopment())
        {
            // Testers ask here as well.
            app.MapForwarded("Customer", "orderStatuses");
        }

        return app;
    }
}

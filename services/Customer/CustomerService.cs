using FoodDelivery.Adapters.Customers;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Services.Customer;

/// <summary>The Customer service: its composition root.</summary>
public static class CustomerService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Customer", args);
        builder.Services.AddContextDefaults(builder.Configuration).AddCustomers(builder.Configuration).AddForwarding();

        var app = builder.Build().MapContextDefaults().MapCustomers();
        if (app.Environment.IsDevelopment())
        {
            // Testers ask here as well.
            app.MapForwarded("Store", "deliveries");
        }

        return app;
    }
}

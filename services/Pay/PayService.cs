using FoodDelivery.Adapters.Payments;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Pay;

/// <summary>The Pay service: its composition root.</summary>
public static class PayService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Pay", args);
        builder.Services.AddContextDefaults(builder.Configuration);
        builder.AddPayments();
        return builder.Build().MapContextDefaults().MapPayments();
    }
}

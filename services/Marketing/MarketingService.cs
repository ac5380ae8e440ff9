using FoodDelivery.Adapters.Marketing;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Marketing;

/// <summary>The Marketing service: its composition root.</summary>
public static class MarketingService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Marketing", args);
        builder.Services.AddContextDefaults(builder.Configuration).AddMarketing(builder.Configuration);
        return builder.Build().MapContextDefaults().MapMarketing();
    }
}

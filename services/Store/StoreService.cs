using FoodDelivery.Adapters.Stores;
using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging;
using Microsoft.AspNetCore.Builder;

namespace FoodDelivery.Services.Store;

/// <summary>The Store service: its composition root.</summary>
public static class StoreService
{
    /// <summary>Builds it from a command line.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceBuilder.Create("Store", args);
        builder.Services.AddContextDefaults(builder.Configuration);
        builder.AddStores();
        return builder.Build().MapContextDefaults().MapStores();
    }
}

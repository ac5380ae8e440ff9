using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Sqlite;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>Registration of the simulated provider.</summary>
internal static class ProviderServices
{
    public static IServiceCollection AddSimulatedProvider(this IServiceCollection services, IConfiguration configuration)
    {
        // A wrong setting ends the program now and not the first payment later.
        SimulatorDials.Read(configuration);
        var bounds = ProviderBounds.Read(configuration);
        var seed = Setting.WholeNumber(configuration, "Pay:ProviderSeed", Random.Shared.Next(), 0, int.MaxValue);
        services.AddSingleton<SimulatorDials>();
        services.AddSingleton<IChance>(new SeededChance(seed));
        services.AddSingleton(provider => new ProviderLedger(
            configuration["Pay:ProviderLedger"] is { Length: > 0 } path ? path : provider.GetRequiredService<IOptions<DataOptions>>().Value.File("provider.db"),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<SimulatedProvider>();
        services.AddSingleton<IPaymentProvider>(provider => new PunctualProvider(
            provider.GetRequiredService<SimulatedProvider>(),
            bounds,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PunctualProvider>>()));
        return services;
    }
}

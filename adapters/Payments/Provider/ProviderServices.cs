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
    // Far below Reminders.Lease: who has a payment in hand is done with it before another takes it.
    private const int LongestDeadlineMs = 12_000;

    public static IServiceCollection AddSimulatedProvider(this IServiceCollection services, IConfiguration configuration)
    {
        // A wrong setting ends the program now and not the first payment later.
        SimulatorDials.Read(configuration);
        var deadline = Setting.WholeNumber(configuration, "Pay:ProviderTimeoutMs", otherwise: 10_000, least: 1, LongestDeadlineMs);
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
            TimeSpan.FromMilliseconds(deadline),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PunctualProvider>>()));
        return services;
    }
}

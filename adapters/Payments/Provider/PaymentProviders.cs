using FoodDelivery.Adapters.Payments.Provider.Simulator;
using FoodDelivery.Adapters.Payments.Provider.Toss;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Payments.Provider;

/// <summary>Registration of the payment provider.</summary>
internal static class PaymentProviders
{
    private const string Key = "Pay:Provider";

    /// <summary>The provider that the setting <c>Pay:Provider</c> names: Simulator or Toss. No other's settings are looked at.</summary>
    /// <exception cref="SettingException">It names another, or none where no simulator stands in, or a setting of the one that it names cannot be used.</exception>
    public static IServiceCollection AddProvider(this IServiceCollection services, IConfiguration configuration, bool development)
    {
        var provider = configuration[Key];
        return provider switch
        {
            null or "" when development => services.AddSimulator(configuration),
            null or "" => throw new SettingException(
                $"The setting {Key} is missing; outside Development it must say who takes the money: Toss, or Simulator if nobody is to pay in earnest."),
            _ when Is("Simulator") => services.AddSimulator(configuration),
            _ when Is("Toss") => services.AddToss(configuration, clearCards: development),
            _ => throw new SettingException($"The setting {Key} is '{provider}'; it must be Simulator or Toss."),
        };

        bool Is(string name) => string.Equals(provider, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The ports, by a provider whose every call has its deadline and its lease.</summary>
    public static IServiceCollection AddTimeLimited<TProvider>(this IServiceCollection services, ProviderLimits limits)
        where TProvider : class, IPaymentProvider, IProviderBooks => services
        .AddSingleton<TProvider>()
        .AddSingleton(provider => new TimeLimitedPaymentProvider(
            provider.GetRequiredService<TProvider>(),
            provider.GetRequiredService<TProvider>(),
            limits,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TimeLimitedPaymentProvider>>()))
        .AddSingleton<IPaymentProvider>(static provider => provider.GetRequiredService<TimeLimitedPaymentProvider>())
        .AddSingleton<IProviderBooks>(static provider => provider.GetRequiredService<TimeLimitedPaymentProvider>());

    private static IServiceCollection AddSimulator(this IServiceCollection services, IConfiguration configuration)
    {
        // A wrong setting ends the program now and not the first payment later.
        SimulatorControl.Read(configuration);
        var seed = Setting.WholeNumber(configuration, "Pay:ProviderSeed", Random.Shared.Next(), 0, int.MaxValue);
        return services
            .AddSingleton<SimulatorControl>()
            .AddSingleton<IRandomSource>(new SeededRandom(seed))
            .AddSingleton(provider => new SimulatorLedger(
                configuration["Pay:ProviderLedger"] is { Length: > 0 } path ? path : provider.GetRequiredService<IOptions<DataOptions>>().Value.File("provider.db"),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<SqliteDatabase>>()))
            .AddTimeLimited<SimulatedProvider>(ProviderLimits.Read(configuration));
    }
}

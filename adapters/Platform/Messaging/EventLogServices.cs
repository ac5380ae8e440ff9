using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Messaging.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Messaging;

/// <summary>The choice of the log that the services share.</summary>
public static class EventLogServices
{
    private const string Key = "Log:Provider";

    /// <summary>The log that the setting <c>Log:Provider</c> names: Embedded, where it says nothing, or Kafka. No other's settings are looked at.</summary>
    /// <exception cref="SettingException">It names another.</exception>
    public static IServiceCollection AddEventLog(this IServiceCollection services, IConfiguration configuration)
    {
        var provider = configuration[Key];
        return provider switch
        {
            null or "" => services.AddEmbeddedLog(),
            _ when Is("Embedded") => services.AddEmbeddedLog(),
            _ when Is("Kafka") => services.AddKafkaLog().AddReadiness(
                "log", static (services, cancellation) => services.GetRequiredService<KafkaEventLog>().IsReachable(cancellation)),
            _ => throw new SettingException($"The setting {Key} is '{provider}'; it must be Embedded or Kafka."),
        };

        bool Is(string name) => string.Equals(provider, name, StringComparison.OrdinalIgnoreCase);
    }
}

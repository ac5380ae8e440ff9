using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>Registration of Kafka as the log.</summary>
public static class KafkaServices
{
    /// <summary>The log that the settings under <c>Kafka</c> describe, as <see cref="IEventLog"/>.</summary>
    public static IServiceCollection AddKafkaLog(this IServiceCollection services)
    {
        services.AddOptions<KafkaOptions>().BindConfiguration("Kafka").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<KafkaOptions>, KafkaOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static provider => new KafkaEventLog(
            provider.GetRequiredService<IOptions<KafkaOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IEventLog>(static provider => provider.GetRequiredService<KafkaEventLog>());
        return services;
    }
}

using FoodDelivery.Platform.Messaging.Embedded.Sharing;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging.Embedded;

/// <summary>Registration of the embedded log.</summary>
public static class EmbeddedLogServices
{
    /// <summary>The log of this machine, <c>{Data:Directory}/log.db</c>, as <see cref="IEventLog"/>.</summary>
    public static IServiceCollection AddEmbeddedLog(this IServiceCollection services)
    {
        services.AddDataOptions();
        services.AddOptions<EmbeddedLogOptions>().BindConfiguration("EmbeddedLog").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SqliteOptions>().BindConfiguration("Sqlite").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(static provider =>
        {
            var path = provider.GetRequiredService<IOptions<DataOptions>>().Value.File("log.db");
            return new SharedEventLog(path, () => new SqliteEventLog(
                path,
                provider.GetRequiredService<IOptions<EmbeddedLogOptions>>().Value,
                provider.GetRequiredService<IOptions<SqliteOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>()));
        });
        services.AddSingleton<IEventLog>(static provider => provider.GetRequiredService<SharedEventLog>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<SharedEventLog>());
        return services;
    }
}

using FoodDelivery.Platform.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Storage.Redis;

/// <summary>Registration of Redis.</summary>
public static class RedisServices
{
    /// <summary>
    /// The server that the settings under <c>Redis</c> describe, as <see cref="RedisClient"/>. A service starts without it; it is ready only while the
    /// server answers.
    /// </summary>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>().BindConfiguration("Redis").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsCheck>();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RedisMetrics>();
        services.AddSingleton(static provider => new RedisClient(
            provider.GetRequiredService<IOptions<RedisOptions>>(),
            provider.GetRequiredService<RedisMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RedisClient>>()));
        services.AddReadiness("redis", static (provider, cancellation) => provider.GetRequiredService<RedisClient>().Answers(cancellation));
        return services;
    }
}

using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Storage.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Customers.Redis;

/// <summary>Registration of the view in Redis.</summary>
internal static class RedisView
{
    public static IServiceCollection AddRedisView(this IServiceCollection services) => services
        .AddRedis()
        .AddSingleton<RedisOrderStatuses>()
        .AddSingleton<IOrderStatuses>(static provider => provider.GetRequiredService<RedisOrderStatuses>())
        .AddSingleton<IStatusFeed, RedisStatusFeed>()
        .AddHostedService<LossWatch>()
        .AddReadiness("view", static (provider, cancellation) => provider.GetRequiredService<RedisOrderStatuses>().Serves(cancellation));
}

using FoodDelivery.Adapters.Customers.Messaging;
using FoodDelivery.Adapters.Customers.Persistence;
using FoodDelivery.Adapters.Customers.Redis;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Hosting.Startup;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers.View;

/// <summary>Registration of the view of order statuses, and the choice of its store.</summary>
internal static class ViewServices
{
    private const string Key = "View:Provider";

    /// <summary>The store that the setting <c>View:Provider</c> names: Database, where it says nothing, or Redis. No other's settings are looked at.</summary>
    /// <exception cref="SettingException">It names another.</exception>
    public static IServiceCollection AddView(this IServiceCollection services, IConfiguration configuration)
    {
        // Each store has a consumer of its own, so that one that is chosen again goes on where it was left.
        var provider = configuration[Key];
        return provider switch
        {
            null or "" => services.AddDatabaseView().Follow("customer-view"),
            _ when Is("Database") => services.AddDatabaseView().Follow("customer-view"),
            _ when Is("Redis") => services.AddRedisView().Follow("customer-view-redis"),
            _ => throw new SettingException($"The setting {Key} is '{provider}'; it must be Database or Redis."),
        };

        bool Is(string name) => string.Equals(provider, name, StringComparison.OrdinalIgnoreCase);
    }

    private static IServiceCollection AddDatabaseView(this IServiceCollection services) => services
        .AddSingleton<IOrderStatuses, SqlOrderStatuses>()
        .AddSingleton<IStatusFeed, InProcessStatusFeed>();

    private static IServiceCollection Follow(this IServiceCollection services, string consumer) => services
        .AddSingleton<IStatusHistory, LogStatusHistory>()
        .AddSingleton<OrderStatusChangedHandler>()
        .AddSingleton<GetStatusHandler>()
        .AddSingleton<ListStatusesHandler>()
        .AddSingleton<WatchOrderHandler>()
        .AddSingleton<RebuildViewHandler>()
        .AddRebuild(static provider => new Rebuild(
            "order-statuses",
            async cancellation => await provider.GetRequiredService<IOrderStatuses>().CurrentRebuild(cancellation) is not null,
            provider.GetRequiredService<RebuildViewHandler>().Continue))
        .AddConsumer(consumer, Topics.Ordering, static handlers => handlers
            .On<Proto.OrderStatusChanged>(static (services, data, received, cancellation) =>
                services.GetRequiredService<OrderStatusChangedHandler>().Handle(data.ToDomain(), received.MessageContext, cancellation)));
}

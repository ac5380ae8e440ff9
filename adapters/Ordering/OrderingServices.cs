using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Adapters.Ordering.Payments;
using FoodDelivery.Adapters.Ordering.Persistence;
using FoodDelivery.Adapters.Ordering.Sweeping;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FoodDelivery.Adapters.Ordering;

/// <summary>Registration of the Ordering context.</summary>
public static class OrderingServices
{
    /// <summary>Its use cases and what they need: database, events, the way to the payment service, the sweeper. The event log is registered elsewhere.</summary>
    /// <exception cref="Platform.Hosting.Startup.SettingException">A setting cannot be used; the message names it.</exception>
    public static IServiceCollection AddOrdering(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDatabase("ordering", typeof(OrderingServices))
            .AddOutbox("/fooddelivery/ordering")
            .AddUseCases()
            .AddReplica()
            .AddOrderingConsumers()
            .AddPayments(configuration)
            .AddSweeper();
    }

    private static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddSingleton<IOrders, SqlOrders>()
        .AddSingleton<AttemptMetrics>()
        .AddSingleton<IAttempts, SqlAttempts>()
        .AddTransient<PlaceOrderHandler>()
        .AddTransient<CancelOrderHandler>()
        .AddTransient<TicketEventsHandler>()
        .AddTransient<PaymentEventsHandler>()
        .AddTransient<SweepAttemptsHandler>()
        .AddTransient<ReplicateMenusHandler>()
        .AddTransient<GetOrderHandler>()
        .AddTransient<ListOrdersHandler>();

    private static IServiceCollection AddReplica(this IServiceCollection services) => services
        .AddSingleton<SqlMenus>()
        .AddSingleton<IMenus>(static provider => provider.GetRequiredService<SqlMenus>())
        .AddHostedService<CatchingUp>()
        .AddReadiness("menus", static async (provider, cancellation) =>
            !(await provider.GetRequiredService<IMenus>().Current(cancellation)).IsEmpty);

    private static IServiceCollection AddSweeper(this IServiceCollection services)
    {
        services.AddOptions<SweeperOptions>().BindConfiguration(SweeperOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddHostedService<SweeperService>();
    }
}

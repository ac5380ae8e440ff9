using FoodDelivery.Adapters.Ordering.Grpc;
using FoodDelivery.Adapters.Ordering.Messaging;
using FoodDelivery.Adapters.Ordering.Payments;
using FoodDelivery.Adapters.Ordering.Persistence;
using FoodDelivery.Adapters.Ordering.Rest;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Adapters.Ordering;

/// <summary>The Ordering context: what it consists of, and where it is reached.</summary>
public static class OrderingModule
{
    /// <summary>Registers use cases, persistence, messaging, the payment client, the sweeper and the gRPC service; needs an event log beside it.</summary>
    /// <exception cref="Platform.Hosting.Startup.SettingException">A setting cannot be used; the message names it.</exception>
    public static IHostApplicationBuilder AddOrdering(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddDatabase("ordering", typeof(OrderingModule))
            .AddOutbox("/fooddelivery/ordering")
            .AddPersistence()
            .AddUseCases()
            .AddOrderingConsumers()
            .AddPayments(builder.Configuration)
            .AddSweeper()
            .AddSingleton<GrpcOrders>();
        return builder;
    }

    /// <summary>Maps the gRPC service and the REST routes.</summary>
    public static WebApplication MapOrdering(this WebApplication app)
    {
        app.MapGrpcService<GrpcOrders>()
            .AllowMethod(nameof(GrpcOrders.PlaceOrder), Roles.Customer)
            .AllowMethod(nameof(GrpcOrders.GetOrder), Roles.Customer)
            .AllowMethod(nameof(GrpcOrders.ListOrders), Roles.Customer)
            .AllowMethod(nameof(GrpcOrders.CancelOrder), Roles.Customer)
            .AllowMethod(nameof(GrpcOrders.EraseCustomer), Roles.Customer);
        OrderRoutes.Map(app);
        CustomerRoutes.Map(app);
        return app;
    }

    private static IServiceCollection AddPersistence(this IServiceCollection services) => services
        .AddSingleton<IOrders, SqlOrders>()
        .AddSingleton<AttemptMetrics>()
        .AddSingleton<IAttempts, SqlAttempts>()
        .AddHostedService<NumbersInUse>()
        .AddSingleton<IErasures, SqlErasures>()
        .AddSingleton<SqlMenus>()
        .AddSingleton<IMenus>(static provider => provider.GetRequiredService<SqlMenus>())
        .AddSingleton<MenuReplicaInitializer>()
        .AddRebuild(static provider => new Rebuild(
            "menus", provider.GetRequiredService<MenuReplicaInitializer>().IsAwaited, provider.GetRequiredService<MenuReplicaInitializer>().Initialize))
        .AddReadiness("menus", static async (provider, cancellation) =>
            !(await provider.GetRequiredService<IMenus>().Current(cancellation)).IsEmpty);

    private static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddSingleton<PlaceOrderHandler>()
        .AddSingleton<CancelOrderHandler>()
        .AddSingleton<EraseCustomerHandler>()
        .AddSingleton<GetOrderHandler>()
        .AddSingleton<ListOrdersHandler>()
        .AddSingleton<TicketEventsHandler>()
        .AddSingleton<PaymentEventsHandler>()
        .AddSingleton<ReplicateMenusHandler>()
        .AddSingleton<ReplicateStoresHandler>()
        .AddSingleton<SweepAttemptsHandler>()
        .AddSingleton<SweepOrdersWithoutTicketHandler>();

    private static IServiceCollection AddSweeper(this IServiceCollection services)
    {
        services.AddOptions<SweeperOptions>().BindConfiguration(SweeperOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TicketWatchOptions>().BindConfiguration(TicketWatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddHostedService<AttemptSweeper>()
            .AddHostedService<TicketWatch>()
            .AddRetention(static provider => SqlAttempts.Ended(provider.GetRequiredService<IOptions<SweeperOptions>>().Value.KeepAttempts));
    }
}

using FoodDelivery.Platform.Hosting;
using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging;

/// <summary>Registration of what a service publishes and consumes. It needs an <see cref="IDatabase"/> and an <see cref="IEventLog"/>.</summary>
public static class MessagingServices
{
    /// <summary>The tables of outbox, inbox, dead letters and leases, for a database that is opened without <see cref="AddOutbox"/>.</summary>
    public static MigrationSource Migrations { get; } = new("messaging", typeof(MessagingServices).Assembly, "Messaging.Migrations");

    /// <summary>What every context's service has: a database, of the kind that its operators choose, and the log.</summary>
    /// <exception cref="Hosting.Startup.SettingException">A setting names another kind.</exception>
    public static IServiceCollection AddContextDefaults(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSqlite().AddPostgres().AddEventLog(configuration);

    /// <summary>The routes that every context's service has; call it before the service's own.</summary>
    public static WebApplication MapContextDefaults(this WebApplication app)
    {
        app.MapServiceDefaults().MapOperations();
        return app;
    }

    /// <summary>The outbox and the relay that publishes from it.</summary>
    /// <param name="services">The service's registrations.</param>
    /// <param name="source">The context that publishes, such as <c>/fooddelivery/ordering</c>.</param>
    public static IServiceCollection AddOutbox(this IServiceCollection services, string source)
    {
        services.AddMessaging();
        services.TryAddSingleton<IEventIds, UuidEventIds>();
        services.AddKeyedSingleton<Signal>(typeof(Relay));
        services.AddSingleton(provider => new Outbox(
            new EventEncoder(source, provider.GetRequiredService<IEventIds>(), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredKeyedService<Signal>(typeof(Relay))));
        services.AddHostedService(static provider => new Relay(
            new OutboxTable(
                provider.GetRequiredService<IDatabase>(),
                provider.GetRequiredService<IOptions<MessagingOptions>>().Value,
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<IEventLog>(),
            new Lease(
                provider.GetRequiredService<IDatabase>(),
                "outbox",
                provider.GetRequiredService<IOptions<MessagingOptions>>().Value.RelayLease,
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredKeyedService<Signal>(typeof(Relay)),
            provider.GetRequiredService<MessagingMetrics>(),
            provider.GetRequiredService<IOptions<MessagingOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Relay>>()));
        return services.AddRetention(static provider => OutboxTable.Published(provider.GetRequiredService<IOptions<MessagingOptions>>().Value));
    }

    /// <summary>A consumer of one topic.</summary>
    /// <param name="services">The service's registrations.</param>
    /// <param name="consumer">Its name and group, unique to the topic and the purpose; it must never change.</param>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="configure">Says what it does with which events.</param>
    /// <exception cref="InvalidOperationException">There is a consumer of that name.</exception>
    public static IServiceCollection AddConsumer(this IServiceCollection services, string consumer, string topic, Action<EventHandlers> configure)
    {
        if (services.Any(service => service.ImplementationInstance is Subscription known && string.Equals(known.Consumer, consumer, StringComparison.Ordinal)))
            throw new InvalidOperationException($"There are two consumers of the name {consumer}.");

        var handlers = new EventHandlers();
        configure(handlers);
        var subscription = new Subscription(consumer, topic, handlers);
        services.AddMessaging();
        services.AddSingleton(subscription);
        services.AddRetention(provider => Inbox.Handled(consumer, provider.GetRequiredService<IOptions<MessagingOptions>>().Value));
        services.TryAddSingleton<KeyedProcessor>();
        services.AddHostedService<LagSampler>();
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Consumer>(provider, subscription));
        return services;
    }

    /// <summary>What carries on with a rebuild from the log, and the <see cref="TopicReplay"/> and the <see cref="RebuildSignal"/> for it.</summary>
    /// <param name="services">The service's registrations; one rebuild each.</param>
    /// <param name="rebuild">What is rebuilt, and how.</param>
    public static IServiceCollection AddRebuild(this IServiceCollection services, Func<IServiceProvider, Rebuild> rebuild) => services
        .AddSingleton<TopicReplay>()
        .AddSingleton<RebuildSignal>()
        .AddHostedService(provider => ActivatorUtilities.CreateInstance<Rebuilder>(provider, rebuild(provider)));

    /// <summary>What carries on with a rebuild of the domain's.</summary>
    /// <param name="services">The service's registrations.</param>
    /// <param name="name">What is rebuilt; it must never change.</param>
    public static IServiceCollection AddRebuild<THandler>(this IServiceCollection services, string name)
        where THandler : RebuildHandler => services.AddRebuild(
            provider => new Rebuild(name, provider.GetRequiredService<THandler>().IsUnderWay, provider.GetRequiredService<THandler>().Continue));

    private static void AddMessaging(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(MessagingMetrics)))
            return;

        services.AddOptions<MessagingOptions>().BindConfiguration("Messaging").ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Migrations);
        services.AddSingleton<MessagingMetrics>();
        services.AddSingleton<EventDispatcher>();
        services.AddSingleton<DeadLetterTable>();
        services.AddSingleton<MessageErasure>();
        services.AddSingleton<ConsumerProgress>();
        services.AddHostedService<Pruner>();
        services.AddSingleton(static provider => new DeadLetters(
            provider.GetRequiredService<DeadLetterTable>(),
            provider.GetRequiredService<EventDispatcher>(),
            provider.GetServices<Subscription>(),
            provider.GetRequiredService<IDatabase>(),
            provider.GetRequiredService<IOptions<MessagingOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}

using FoodDelivery.Adapters.Stores.Demo;
using FoodDelivery.Adapters.Stores.Messaging;
using FoodDelivery.Adapters.Stores.Persistence;
using FoodDelivery.Adapters.Stores.Rest;
using FoodDelivery.Adapters.Stores.Watching;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FoodDelivery.Adapters.Stores;

/// <summary>Registration of the Store context.</summary>
public static class StoresServices
{
    /// <summary>Use cases, persistence, what is published and what is followed; needs an event log beside it.</summary>
    public static IServiceCollection AddStores(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddDatabase("store", typeof(StoresServices))
            .AddOutbox("/fooddelivery/store")
            .AddPersistence()
            .AddUseCases()
            .AddOrderingConsumer()
            .AddHostedService<LoadingDemoStores>();
    }

    private static IServiceCollection AddPersistence(this IServiceCollection services) => services
        .AddSingleton<IStores, SqlStores>()
        .AddSingleton<IMenus, SqlMenus>()
        .AddSingleton<ITickets, SqlTickets>()
        .AddSingleton<ITicketChanges, SqlTicketChanges>()
        .AddSingleton<TicketChangeTable>()
        .AddSingleton<TicketTail>()
        .AddHostedService(static provider => provider.GetRequiredService<TicketTail>());

    private static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddSingleton<OpenTicketHandler>()
        .AddSingleton<AcceptTicketHandler>()
        .AddSingleton<RejectTicketHandler>()
        .AddSingleton<StartCookingHandler>()
        .AddSingleton<FinishCookingHandler>()
        .AddSingleton<StartDeliveryHandler>()
        .AddSingleton<FinishDeliveryHandler>()
        .AddSingleton<HandOverHandler>()
        .AddSingleton<DecideOnCancellationHandler>()
        .AddSingleton<VoidTicketHandler>()
        .AddSingleton<UpdateMenuHandler>()
        .AddSingleton<OpenStoreHandler>()
        .AddSingleton<OwnTickets>()
        .AddSingleton<TicketMove>();
}

using FoodDelivery.Adapters.Stores.Demo;
using FoodDelivery.Adapters.Stores.Messaging;
using FoodDelivery.Adapters.Stores.Persistence;
using FoodDelivery.Adapters.Stores.Rest;
using FoodDelivery.Adapters.Stores.Watching;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores.AcceptingTicket;
using FoodDelivery.Stores.DecidingOnCancellation;
using FoodDelivery.Stores.FinishingCooking;
using FoodDelivery.Stores.FinishingDelivery;
using FoodDelivery.Stores.HandingOver;
using FoodDelivery.Stores.OpeningStore;
using FoodDelivery.Stores.OpeningTicket;
using FoodDelivery.Stores.Ports;
using FoodDelivery.Stores.RejectingTicket;
using FoodDelivery.Stores.StartingCooking;
using FoodDelivery.Stores.StartingDelivery;
using FoodDelivery.Stores.UpdatingMenu;
using FoodDelivery.Stores.VoidingTicket;
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
        .AddSingleton<OpeningTicket>()
        .AddSingleton<AcceptingTicket>()
        .AddSingleton<RejectingTicket>()
        .AddSingleton<StartingCooking>()
        .AddSingleton<FinishingCooking>()
        .AddSingleton<StartingDelivery>()
        .AddSingleton<FinishingDelivery>()
        .AddSingleton<HandingOver>()
        .AddSingleton<DecidingOnCancellation>()
        .AddSingleton<VoidingTicket>()
        .AddSingleton<UpdatingMenu>()
        .AddSingleton<OpeningStore>()
        .AddSingleton<OwnTickets>()
        .AddSingleton<TicketMove>();
}

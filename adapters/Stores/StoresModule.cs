using FoodDelivery.Adapters.Stores.Demo;
using FoodDelivery.Adapters.Stores.Grpc;
using FoodDelivery.Adapters.Stores.Messaging;
using FoodDelivery.Adapters.Stores.Persistence;
using FoodDelivery.Adapters.Stores.Rest;
using FoodDelivery.Adapters.Stores.Watching;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FoodDelivery.Adapters.Stores;

/// <summary>The Store context: what it consists of, and where it is reached.</summary>
public static class StoresModule
{
    /// <summary>Registers use cases, persistence, messaging and the gRPC services; needs an event log beside it.</summary>
    public static WebApplicationBuilder AddStores(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddDatabase("store", typeof(StoresModule))
            .AddOutbox("/fooddelivery/store")
            .AddPersistence()
            .AddSingleton(ReplayPace.Read(builder.Configuration))
            .AddUseCases()
            .AddOrderingConsumer()
            .AddSingleton<GrpcStores>()
            .AddSingleton<GrpcMenus>()
            .AddSingleton<GrpcTickets>()
            .AddHostedService<DemoStoreSeeder>()
            .AddHostedService<AnswerWatch>()
            .AddOptions<AnswerWatchOptions>().BindConfiguration(AnswerWatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return builder;
    }

    /// <summary>Maps the gRPC services and the REST routes.</summary>
    public static WebApplication MapStores(this WebApplication app)
    {
        app.MapGrpcService<GrpcStores>()
            .AllowMethod(nameof(GrpcStores.GetStore), [.. Roles.All])
            .AllowMethod(nameof(GrpcStores.ListStores), [.. Roles.All])
            .AllowMethod(nameof(GrpcStores.CreateStore))
            .AllowMethod(nameof(GrpcStores.UpdateStore), Roles.Owner)
            .AllowMethod(nameof(GrpcStores.PauseStore), Roles.Owner)
            .AllowMethod(nameof(GrpcStores.ResumeStore), Roles.Owner)
            .AllowMethod(nameof(GrpcStores.CloseStore), Roles.Owner);
        app.MapGrpcService<GrpcMenus>()
            .AllowMethod(nameof(GrpcMenus.GetMenu), [.. Roles.All])
            .AllowMethod(nameof(GrpcMenus.UpdateMenu), Roles.Owner);
        app.MapGrpcService<GrpcTickets>()
            .AllowMethod(nameof(GrpcTickets.GetTicket), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.ListTickets), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.WatchTickets), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.AcceptTicket), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.RejectTicket), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.StartCooking), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.FinishCooking), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.StartDelivery), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.FinishDelivery), Roles.Owner)
            .AllowMethod(nameof(GrpcTickets.HandOver), Roles.Owner);
        TicketRoutes.Map(app);
        AcceptanceRoutes.Map(app);
        StoreRoutes.Map(app);
        app.MapRebuild<RestoreTicketsHandler>(
            "tickets",
            "RestoreTickets",
            "GetTicketRestoration",
            "Brings back from the log the tickets and menus that the database has lost; what is there, and as new, stays as it is.");
        return app;
    }

    private static IServiceCollection AddPersistence(this IServiceCollection services) => services
        .AddSingleton<IStores, SqlStores>()
        .AddSingleton<IMenus, SqlMenus>()
        .AddSingleton<ITickets, SqlTickets>()
        .AddSingleton<ITicketChanges, SqlTicketChanges>()
        .AddSingleton<ITicketRestorations, SqlTicketRestorations>()
        .AddSingleton<ITicketHistory, LogTicketHistory>()
        .AddSingleton<TicketChangeTable>()
        .AddSingleton<ReplayTurns>()
        .AddSingleton<TicketChangePoller>()
        .AddHostedService(static provider => provider.GetRequiredService<TicketChangePoller>());

    private static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddSingleton<GetStoreHandler>()
        .AddSingleton<ListStoresHandler>()
        .AddSingleton<OpenStoreHandler>()
        .AddSingleton<CreateStoreHandler>()
        .AddSingleton<UpdateStoreHandler>()
        .AddSingleton<PauseStoreHandler>()
        .AddSingleton<ResumeStoreHandler>()
        .AddSingleton<CloseStoreHandler>()
        .AddSingleton<GetMenuHandler>()
        .AddSingleton<UpdateMenuHandler>()
        .AddSingleton<GetTicketHandler>()
        .AddSingleton<ListTicketsHandler>()
        .AddSingleton<WatchTicketsHandler>()
        .AddSingleton<OpenTicketHandler>()
        .AddSingleton<AcceptTicketHandler>()
        .AddSingleton<RejectTicketHandler>()
        .AddSingleton<RejectUnansweredHandler>()
        .AddSingleton<MoveTicketHandler>()
        .AddSingleton<DecideOnCancellationHandler>()
        .AddSingleton<VoidTicketHandler>()
        .AddSingleton<EraseTicketHandler>()
        .AddSingleton<RestoreTicketsHandler>()
        .AddSingleton<RestoreFromEventsHandler>()
        .AddRebuild<RestoreTicketsHandler>("tickets");
}

using FoodDelivery.Platform.Messaging.Operations;
using FoodDelivery.Stores;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>The operator's way to the tickets that the database has lost.</summary>
internal static class RestorationRoutes
{
    private static readonly RebuildRoute Tickets = new(
        "tickets",
        "RestoreTickets",
        "GetTicketRestoration",
        "Brings back from the log the tickets and menus that the database has lost; what is there, and as new, stays as it is.",
        Begin,
        Current);

    public static void Map(IEndpointRouteBuilder app) => Tickets.Map(app);

    private static async Task<Result<RebuildUnderWay>> Begin(IServiceProvider services, MessageContext context, CancellationToken cancellation) =>
        (await services.GetRequiredService<RestoreTicketsHandler>().Handle(new RestoreTickets(), context, cancellation)).IsError(out var refusal, out var begun)
            ? refusal
            : new RebuildUnderWay(begun.Generation, begun.StartedAt);

    private static async Task<RebuildUnderWay?> Current(IServiceProvider services, CancellationToken cancellation) =>
        await services.GetRequiredService<RestoreTicketsHandler>().Current(cancellation) is { } restoration
            ? new RebuildUnderWay(restoration.Generation, restoration.StartedAt)
            : null;
}

using FoodDelivery.Marketing;
using FoodDelivery.Platform.Messaging.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Marketing.Rest;

/// <summary>The operator's way to fresh counts.</summary>
internal static class RebuildRoutes
{
    private static readonly RebuildRoute Counts = new(
        "recommendations",
        "RebuildRecommendations",
        "GetRecommendationsRebuild",
        "Counts anew, from the log, what recommendations are made of; the present counts serve until the new ones are complete.",
        Begin,
        Current);

    public static void Map(IEndpointRouteBuilder app) => Counts.Map(app);

    private static async Task<Result<RebuildUnderWay>> Begin(IServiceProvider services, MessageContext context, CancellationToken cancellation) =>
        (await services.GetRequiredService<RebuildTalliesHandler>().Handle(new RebuildTallies(), context, cancellation)).IsError(out var refusal, out var begun)
            ? refusal
            : new RebuildUnderWay(begun.Generation, begun.StartedAt);

    private static async Task<RebuildUnderWay?> Current(IServiceProvider services, CancellationToken cancellation) =>
        await services.GetRequiredService<RebuildTalliesHandler>().Current(cancellation) is { } rebuild
            ? new RebuildUnderWay(rebuild.Generation, rebuild.StartedAt)
            : null;
}

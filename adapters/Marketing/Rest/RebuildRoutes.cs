using FoodDelivery.Kernel;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Marketing.RebuildingTallies;
using FoodDelivery.Platform.Hosting.Rejections;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Platform.Rest;
using FoodDelivery.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Marketing.Rest;

/// <summary>The operator's way to fresh counts.</summary>
internal static class RebuildRoutes
{
    private const string Path = "/operations/recommendations/rebuild";

    public static IEndpointRouteBuilder MapRebuild(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Begin)
            .AllowRoles(Roles.Operator)
            .WithTags("Operations")
            .WithName("RebuildRecommendations")
            .WithSummary("Counts anew, from the log, what recommendations are made of; the present counts serve until the new ones are complete.")
            .Produces<RebuildAnswer>(StatusCodes.Status202Accepted);
        routes.MapGet(Path, Get)
            .AllowRoles(Roles.Operator)
            .WithTags("Operations")
            .WithName("GetRecommendationsRebuild")
            .WithSummary("The rebuild that is going on; 404 if there is none.")
            .Produces<RebuildAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        return routes;
    }

    private static async Task<IResult> Begin(HttpContext context, RebuildingTallies rebuilding, RebuildBell bell, CancellationToken cancellation)
    {
        var begun = await rebuilding.Handle(new RebuildTallies(), Cause.Command(context.TraceIdentifier), cancellation);
        bell.Set();
        return begun.ToResult(static rebuild => Resource(rebuild).Accepted());
    }

    private static async Task<IResult> Get(ITallies tallies, CancellationToken cancellation) =>
        await tallies.CurrentRebuild(cancellation) is { } rebuild
            ? Resource(rebuild)
            : new Rejection(RejectionKind.NotFound, "NO_REBUILD", "The recommendations are not being rebuilt.").ToProblem();

    private static HalResource Resource(TallyRebuild rebuild) =>
        Hal.Resource(new RebuildAnswer(rebuild.Generation, "building", rebuild.StartedAt), Path, "rebuild");

    private sealed record RebuildAnswer(long Generation, string State, DateTimeOffset StartedAt);
}

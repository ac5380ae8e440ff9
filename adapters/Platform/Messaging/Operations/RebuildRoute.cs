using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Messaging.Rebuilding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Platform.Messaging.Operations;

/// <summary>The operator's way to have something rebuilt from the log, and to see whether that is going on.</summary>
public static class RebuildRoute
{
    /// <summary>Maps both routes.</summary>
    /// <typeparam name="THandler">Rebuilds it.</typeparam>
    /// <param name="routes">Where to.</param>
    /// <param name="thing">What is rebuilt, as the path has it: <c>order-statuses</c>.</param>
    /// <param name="beginName">The name of the operation that begins it.</param>
    /// <param name="getName">The name of the operation that shows it.</param>
    /// <param name="summary">What is built, and that the present one serves until then.</param>
    public static void MapRebuild<THandler>(this IEndpointRouteBuilder routes, string thing, string beginName, string getName, string summary)
        where THandler : RebuildHandler
    {
        var path = $"/operations/{thing}/rebuild";
        routes.MapPost(path, async Task<IResult> (THandler handler, RebuildSignal signal, CancellationToken cancellation) =>
        {
            var begun = await handler.Begin(cancellation);
            signal.Set();
            return Resource(begun).Accepted();
        })
            .AllowRoles(Roles.Operator)
            .WithTags("Operations")
            .WithName(beginName)
            .WithSummary(summary)
            .Produces<RebuildAnswer>(StatusCodes.Status202Accepted);
        routes.MapGet(path, async Task<IResult> (THandler handler, CancellationToken cancellation) => await handler.Current(cancellation) is { } rebuild
            ? Resource(rebuild)
            : new Error(ErrorKind.NotFound, "NO_REBUILD", "There is no rebuild going on.").ToProblem())
            .AllowRoles(Roles.Operator)
            .WithTags("Operations")
            .WithName(getName)
            .WithSummary("The rebuild that is going on; 404 if there is none.")
            .Produces<RebuildAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        HalResource Resource(RebuildUnderWay rebuild) => Hal.Resource(new RebuildAnswer(rebuild.Generation, "building", rebuild.StartedAt), path, "rebuild");
    }

    private sealed record RebuildAnswer(long Generation, string State, DateTimeOffset StartedAt);
}

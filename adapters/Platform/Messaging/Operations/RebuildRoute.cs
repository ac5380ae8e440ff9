using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Messaging.Rebuilding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Platform.Messaging.Operations;

/// <summary>The operator's way to have something rebuilt from the log, and to see whether that is going on.</summary>
/// <param name="Thing">What is rebuilt, as the path has it: <c>order-statuses</c>.</param>
/// <param name="BeginName">The name of the operation that begins it.</param>
/// <param name="GetName">The name of the operation that shows it.</param>
/// <param name="Summary">What is built, and that the present one serves until then.</param>
/// <param name="Begin">Begins it, or tells of the one that has begun.</param>
/// <param name="Current">The one that is going on, or null.</param>
public sealed record RebuildRoute(
    string Thing,
    string BeginName,
    string GetName,
    string Summary,
    Func<IServiceProvider, MessageContext, CancellationToken, Task<Result<RebuildUnderWay>>> Begin,
    Func<IServiceProvider, CancellationToken, Task<RebuildUnderWay?>> Current)
{
    private string Path => $"/operations/{Thing}/rebuild";

    /// <summary>Maps both routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Start)
            .AllowRoles(Roles.Operator)
            .WithTags("Operations")
            .WithName(BeginName)
            .WithSummary(Summary)
            .Produces<RebuildAnswer>(StatusCodes.Status202Accepted);
        routes.MapGet(Path, Show)
            .AllowRoles(Roles.Operator)
            .WithTags("Operations")
            .WithName(GetName)
            .WithSummary("The rebuild that is going on; 404 if there is none.")
            .Produces<RebuildAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private async Task<IResult> Start(HttpContext context, RebuildSignal signal, CancellationToken cancellation)
    {
        var begun = await Begin(context.RequestServices, context.MessageContext(), cancellation);
        signal.Set();
        return begun.ToResult(rebuild => Resource(rebuild).Accepted());
    }

    private async Task<IResult> Show(HttpContext context, CancellationToken cancellation) =>
        await Current(context.RequestServices, cancellation) is { } rebuild
            ? Resource(rebuild)
            : new Error(ErrorKind.NotFound, "NO_REBUILD", "There is no rebuild going on.").ToProblem();

    private HalResource Resource(RebuildUnderWay rebuild) =>
        Hal.Resource(new RebuildAnswer(rebuild.Generation, "building", rebuild.StartedAt), Path, "rebuild");

    private sealed record RebuildAnswer(long Generation, string State, DateTimeOffset StartedAt);
}

/// <summary>A rebuild that has begun and is not complete.</summary>
/// <param name="Generation">Which one it is; it grows with each.</param>
/// <param name="StartedAt">When it was begun.</param>
public sealed record RebuildUnderWay(long Generation, DateTimeOffset StartedAt);

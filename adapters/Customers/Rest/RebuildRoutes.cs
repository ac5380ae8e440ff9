using FoodDelivery.Customers.Ports;
using FoodDelivery.Customers.RebuildingView;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rejections;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Platform.Rest;
using FoodDelivery.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>The operator's way to a fresh view.</summary>
internal static class RebuildRoutes
{
    private const string Path = "/operations/order-statuses/rebuild";

    public static IEndpointRouteBuilder MapRebuild(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Begin)
            .AllowRoles(Roles.Operator)
            .WithTags("Operations")
            .WithName("RebuildOrderStatuses")
            .WithSummary("Builds the view of order statuses anew from the log; the present one serves until the new one is complete.")
            .Produces<RebuildAnswer>(StatusCodes.Status202Accepted);
        routes.MapGet(Path, Get)
            .AllowRoles(Roles.Operator)
            .WithTags("Operations")
            .WithName("GetOrderStatusRebuild")
            .WithSummary("The rebuild that is going on; 404 if there is none.")
            .Produces<RebuildAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        return routes;
    }

    private static async Task<IResult> Begin(HttpContext context, RebuildingView rebuilding, RebuildBell bell, CancellationToken cancellation)
    {
        var begun = await rebuilding.Handle(new RebuildView(), Cause.Command(context.TraceIdentifier), cancellation);
        bell.Set();
        return begun.ToResult(static rebuild => Resource(rebuild).Accepted());
    }

    private static async Task<IResult> Get(IOrderStatuses statuses, CancellationToken cancellation) =>
        await statuses.CurrentRebuild(cancellation) is { } rebuild
            ? Resource(rebuild)
            : new Rejection(RejectionKind.NotFound, "NO_REBUILD", "The view is not being rebuilt.").ToProblem();

    private static HalResource Resource(ViewRebuild rebuild) =>
        Hal.Resource(new RebuildAnswer(rebuild.Generation, "building", rebuild.StartedAt), Path, "rebuild");

    private sealed record RebuildAnswer(long Generation, string State, DateTimeOffset StartedAt);
}

using FoodDelivery.Customers;
using FoodDelivery.Platform.Messaging.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>The operator's way to a fresh view.</summary>
internal static class RebuildRoutes
{
    private static readonly RebuildRoute View = new(
        "order-statuses",
        "RebuildOrderStatuses",
        "GetOrderStatusRebuild",
        "Builds the view of order statuses anew from the log; the present one serves until the new one is complete.",
        Begin,
        Current);

    public static IEndpointRouteBuilder MapRebuild(this IEndpointRouteBuilder routes)
    {
        View.Map(routes);
        return routes;
    }

    private static async Task<Result<RebuildUnderWay>> Begin(IServiceProvider services, MessageContext cause, CancellationToken cancellation) =>
        (await services.GetRequiredService<RebuildViewHandler>().Handle(new RebuildView(), cause, cancellation)).IsError(out var refusal, out var begun)
            ? refusal
            : new RebuildUnderWay(begun.Generation, begun.StartedAt);

    private static async Task<RebuildUnderWay?> Current(IServiceProvider services, CancellationToken cancellation) =>
        await services.GetRequiredService<RebuildViewHandler>().Current(cancellation) is { } rebuild
            ? new RebuildUnderWay(rebuild.Generation, rebuild.StartedAt)
            : null;
}

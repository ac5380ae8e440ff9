using FoodDelivery.Platform.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Operations;

/// <summary>What operators need of a service that consumes events.</summary>
internal static class OperationsRoutes
{
    private const string Tag = "Operations";

    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(DeadLetters)))
        {
            endpoints.MapGrpcService<GrpcDeadLetters>();
            endpoints.MapGet(RestDeadLetters.Path, RestDeadLetters.List)
                .WithTags(Tag).WithSummary("The events that this service could not handle, oldest first.");
            endpoints.MapPost(RestDeadLetters.Path + "/replay", RestDeadLetters.Replay)
                .WithTags(Tag).WithSummary("Handles a consumer's parked events again: {consumer, key}; without a key, those of every key.");
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Messaging.Operations;

/// <summary>What operators need of a service that consumes events.</summary>
public static class OperationsRoutes
{
    private const string Tag = "Operations";

    /// <summary>The dead letters, over gRPC and REST, where the service has any.</summary>
    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
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

using FoodDelivery.Platform.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Platform.Hosting.Operations;

/// <summary>What operators need of a service that consumes events.</summary>
internal static class OperationsRoutes
{
    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(DeadLetters)))
        {
            endpoints.MapGrpcService<GrpcDeadLetters>();
            endpoints.MapGet(RestDeadLetters.Path, RestDeadLetters.List);
            endpoints.MapPost(RestDeadLetters.Path + "/replay", RestDeadLetters.Replay);
        }
    }
}

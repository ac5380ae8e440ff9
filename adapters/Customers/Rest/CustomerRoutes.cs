using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>The Customer context over REST.</summary>
public static class CustomerRoutes
{
    /// <summary>Maps the view, the notifications, the members, the owners and the operator's routes.</summary>
    public static IEndpointRouteBuilder MapCustomersRest(this IEndpointRouteBuilder routes) => routes
        .MapOrderStatuses()
        .MapMyPages()
        .MapNotifications()
        .MapMembers()
        .MapOwners()
        .MapUndelivered()
        .MapRebuild();
}

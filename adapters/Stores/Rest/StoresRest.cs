using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>The Store context over REST.</summary>
public static class StoresRest
{
    /// <summary>Maps its routes.</summary>
    public static IEndpointRouteBuilder MapStoresRest(this IEndpointRouteBuilder routes)
    {
        TicketRoutes.Map(routes);
        AcceptanceRoutes.Map(routes);
        StoreRoutes.Map(routes);
        return routes;
    }
}

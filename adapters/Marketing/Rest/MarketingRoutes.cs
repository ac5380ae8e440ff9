using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Marketing.Rest;

/// <summary>The Marketing context over REST.</summary>
public static class MarketingRoutes
{
    /// <summary>Maps the recommendations, the coupons and the operator's routes.</summary>
    public static IEndpointRouteBuilder MapMarketingRest(this IEndpointRouteBuilder routes) => routes
        .MapRecommendations()
        .MapCoupons()
        .MapRebuild();
}

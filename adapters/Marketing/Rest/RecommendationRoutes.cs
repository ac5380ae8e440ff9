using FoodDelivery.Marketing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Marketing.Rest;

/// <summary>What a customer may like.</summary>
internal static class RecommendationRoutes
{
    public static IEndpointRouteBuilder MapRecommendations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/recommendations", List)
            .AllowRoles(Roles.Customer)
            .WithTags("Recommendations")
            .WithName("ListRecommendations")
            .WithSummary("Dishes, then stores, that the customer may like, each with the reason; what is popular for somebody new. limit: how many of each.")
            .Produces<RecommendationAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        return routes;
    }

    private static async Task<IResult> List(string? customerId, HttpRequest request, RecommendHandler recommending, CancellationToken cancellation)
    {
        if (request.Query["customerId"].Count > 1)
            return Error.Invalid("customerId", "customerId is given more than once.").ToProblem();
        if (!QueryInteger.TryRead(request, "limit", Recommend.UsualLimit, 1, Recommend.MostLimit, out var limit, out var rejection)
            || request.HttpContext.AccessScope().For(customerId).IsError(out rejection, out customerId))
        {
            return rejection.ToProblem();
        }

        var outcome = await recommending.Handle(new Recommend(customerId, (int)limit), cancellation);
        if (outcome.IsError(out rejection, out var recommended))
            return rejection.ToProblem();
        var path = string.IsNullOrEmpty(customerId) ? "/recommendations" : $"/recommendations?customerId={Uri.EscapeDataString(customerId)}";
        List<HalResource> found =
        [
            .. recommended.Dishes.Select(RecommendationAnswer.Of)
                .Concat(recommended.Stores.Select(RecommendationAnswer.Of))
                .Select(answer => Hal.Resource(answer, $"/stores/{answer.StoreId}/menu", "menu")),
        ];
        return Hal.Collection("recommendations", found, Paging.First, new Total(found.Count), path);
    }
}

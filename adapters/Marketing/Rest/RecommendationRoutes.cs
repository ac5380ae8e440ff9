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
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/recommendations", List)
            .AllowRoles(Roles.Customer)
            .WithTags("Recommendations")
            .WithName("ListRecommendations")
            .WithSummary("Dishes, then stores, that the customer may like, each with the reason; what is popular for somebody new. limit: how many of each.")
            .Produces<RecommendationAnswer[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> List(string? customerId, HttpContext context, RecommendHandler handler)
    {
        if (context.Request.Query["customerId"].Count > 1)
            return Error.Invalid("customerId", "customerId is given more than once.").ToProblem();
        if (!QueryInteger.TryRead(context.Request, "limit", Recommend.DefaultLimit, 1, Recommend.MaxLimit, out var limit, out var refusal)
            || (await handler.Handle(new Recommend(customerId, (int)limit), context.AccessScope(), context.RequestAborted))
                .IsError(out refusal, out var recommended))
        {
            return refusal.ToProblem();
        }

        var customer = recommended.Customer;
        var path = customer.Length == 0 ? "/recommendations" : $"/recommendations?customerId={Uri.EscapeDataString(customer)}";
        List<HalResource> found =
        [
            .. recommended.Dishes.Select(RecommendationAnswer.Of)
                .Concat(recommended.Stores.Select(RecommendationAnswer.Of))
                .Select(answer => Hal.Resource(answer, $"/stores/{answer.StoreId}/menu", "menu")),
        ];
        return Hal.Collection("recommendations", found, Paging.First, new Total(found.Count), path);
    }
}

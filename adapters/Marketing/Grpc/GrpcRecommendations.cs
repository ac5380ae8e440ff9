using FoodDelivery.Marketing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Marketing.V1;
using Grpc.Core;
using RecommendedDish = FoodDelivery.Protos.Marketing.V1.RecommendedDish;
using RecommendedStore = FoodDelivery.Protos.Marketing.V1.RecommendedStore;

namespace FoodDelivery.Adapters.Marketing.Grpc;

/// <summary>Recommendations over gRPC.</summary>
internal sealed class GrpcRecommendations(RecommendHandler recommend) : RecommendationService.RecommendationServiceBase
{
    public override async Task<ListRecommendationsResponse> ListRecommendations(ListRecommendationsRequest request, ServerCallContext context)
    {
        var query = new Recommend(request.CustomerId, request.Limit == 0 ? Recommend.UsualLimit : request.Limit, "customer_id");
        var recommended = (await recommend.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow();
        return new ListRecommendationsResponse
        {
            Dishes =
            {
                recommended.Dishes.Select(static one => new RecommendedDish
                {
                    StoreId = one.Dish.Id.Store.Value,
                    DishId = one.Dish.Id.Number,
                    Item = one.Dish.Name,
                    PriceWon = one.Dish.Price.Won,
                    Score = one.Score,
                    Explanation = Explain(one.Reason),
                }),
            },
            Stores =
            {
                recommended.Stores.Select(static one => new RecommendedStore
                {
                    StoreId = one.Store.Value, Score = one.Score, Explanation = Explain(one.Reason),
                }),
            },
        };
    }

    // The domain's codes have the contract's numbers.
    private static RecommendationExplanation Explain(Reason reason) =>
        new() { Reason = (RecommendationReason)reason.Code, Ko = reason.Ko, En = reason.En };
}

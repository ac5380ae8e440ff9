using FoodDelivery.Marketing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Marketing.V1;
using Grpc.Core;

namespace FoodDelivery.Adapters.Marketing.Grpc;

/// <summary>Recommendations over gRPC.</summary>
internal sealed class GrpcRecommendations(RecommendHandler recommend) : RecommendationService.RecommendationServiceBase
{
    public override async Task<ListRecommendationsResponse> ListRecommendations(ListRecommendationsRequest request, ServerCallContext context)
    {
        var query = new Recommend(request.CustomerId, request.Limit == 0 ? Recommend.DefaultLimit : request.Limit);
        var recommended = (await recommend.Handle(query, context.AccessScope(), context.CancellationToken)).ValueOrThrow();
        return new ListRecommendationsResponse
        {
            Dishes = { recommended.Dishes.Select(Mapping.ToProto) },
            Stores = { recommended.Stores.Select(Mapping.ToProto) },
        };
    }
}

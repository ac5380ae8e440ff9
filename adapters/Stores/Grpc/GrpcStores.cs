using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores.Ports;
using Grpc.Core;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The stores over gRPC.</summary>
internal sealed class GrpcStores(IStores stores) : StoreService.StoreServiceBase
{
    public override async Task<GetStoreResponse> GetStore(GetStoreRequest request, ServerCallContext context) =>
        await stores.Find(new StoreId(request.StoreId), context.CancellationToken) is { } store
            ? new GetStoreResponse { Store = store.ToProto() }
            : throw Error.NotFound("store", request.StoreId).ToRpcException();

    public override async Task<ListStoresResponse> ListStores(ListStoresRequest request, ServerCallContext context)
    {
        if (PageRequest.Of(request.PageSize, request.PageToken).IsError(out var rejection, out var page))
            throw rejection.ToRpcException();

        StoreId? after = page.After is { } number ? new StoreId(number) : null;
        var found = await stores.List(after, skip: 0, page.Size + 1, context.CancellationToken);
        return new ListStoresResponse
        {
            Stores = { found.Take(page.Size).Select(PublicWords.ToProto) },
            NextPageToken = page.Next(found, static store => store.Id.Value),
        };
    }
}

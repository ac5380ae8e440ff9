using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores;
using Grpc.Core;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The stores over gRPC.</summary>
internal sealed class GrpcStores(GetStoreHandler get, ListStoresHandler list) : StoreService.StoreServiceBase
{
    public override async Task<GetStoreResponse> GetStore(GetStoreRequest request, ServerCallContext context) =>
        new() { Store = (await get.Handle(new StoreId(request.StoreId), context.CancellationToken)).ValueOrThrow().ToProto() };

    public override async Task<ListStoresResponse> ListStores(ListStoresRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        StoreId? after = page.After is { } number ? new StoreId(number) : null;
        var found = (await list.Handle(new ListStores(after, Skip: 0, page.Size + 1), context.CancellationToken)).Stores;
        return new ListStoresResponse
        {
            Stores = { found.Take(page.Size).Select(Mapping.ToProto) },
            NextPageToken = page.Next(found, static store => store.Id.Value),
        };
    }
}

/// <summary>The menus over gRPC.</summary>
internal sealed class GrpcMenus(GetMenuHandler get, UpdateMenuHandler update) : MenuService.MenuServiceBase
{
    public override async Task<GetMenuResponse> GetMenu(GetMenuRequest request, ServerCallContext context) =>
        new() { Menu = (await get.Handle(new StoreId(request.StoreId), context.CancellationToken)).ValueOrThrow().ToProto() };

    public override async Task<UpdateMenuResponse> UpdateMenu(UpdateMenuRequest request, ServerCallContext context)
    {
        var command = new UpdateMenu(
            new StoreId(request.StoreId), [.. request.Dishes.Select(Draft)], request.HasRevision ? request.Revision : null);
        var updated = await update.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new UpdateMenuResponse { Menu = updated.ValueOrThrow().ToProto() };
    }

    // In proto3 a number that is not given is 0: a new dish, or one that is known by its name.
    private static DishDraft Draft(Protos.Store.V1.Dish dish) =>
        new(dish.DishId == 0 ? null : dish.DishId, dish.Names, dish.PriceWon, dish.OpenPriced, dish.SoldOut, dish.MinPriceWon);
}

using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;
using Grpc.Core;
using Menu = FoodDelivery.Stores.Menu;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The menus over gRPC.</summary>
internal sealed class GrpcMenus(IStores stores, IMenus menus, UpdateMenuHandler updating) : MenuService.MenuServiceBase
{
    public override async Task<GetMenuResponse> GetMenu(GetMenuRequest request, ServerCallContext context)
    {
        var store = new StoreId(request.StoreId);
        if (await stores.Find(store, context.CancellationToken) is null)
            throw Error.NotFound("store", store).ToRpcException();

        var menu = await menus.Find(store, context.CancellationToken) ?? Menu.Blank(store);
        return new GetMenuResponse { Menu = PublicWords.Menu(store, menu.Dishes, menu.Version) };
    }

    public override async Task<UpdateMenuResponse> UpdateMenu(UpdateMenuRequest request, ServerCallContext context)
    {
        if (context.AccessScope().ForStore(request.StoreId, "store_id").IsError(out var beyond))
            throw beyond.ToRpcException();

        var command = new UpdateMenu(
            new StoreId(request.StoreId), [.. request.Dishes.Select(Draft)], request.HasRevision ? request.Revision : null);
        if ((await updating.Handle(command, context.Command(), context.CancellationToken)).IsError(out var rejection, out var menu))
            throw rejection.ToRpcException();

        return new UpdateMenuResponse { Menu = PublicWords.Menu(menu.Store, menu.Dishes, menu.Version) };
    }

    // In proto3 a number that is not given is 0: a new dish, or one that is known by its name.
    private static DishDraft Draft(Protos.Store.V1.Dish dish) =>
        new(dish.DishId == 0 ? null : dish.DishId, dish.Names, dish.PriceWon, dish.OpenPriced, dish.SoldOut);
}

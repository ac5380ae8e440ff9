using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>The stores and their menus.</summary>
internal static class StoreRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var stores = app.MapGroup("/stores").WithTags("Stores");
        stores.MapGet("", List).AllowEveryRole().WithSummary("The stores, by number").ProducesPage<StoreFields>("stores").Refuses(StatusCodes.Status400BadRequest);
        stores.MapGet("{storeId}", Get)
            .AllowEveryRole()
            .WithSummary("A store")
            .Produces<StoreFields>().ProducesProblem(StatusCodes.Status404NotFound);
        stores.MapGet("{storeId}/menu", Menu)
            .AllowEveryRole()
            .WithSummary("A store's menu")
            .Produces<MenuFields>().ProducesProblem(StatusCodes.Status404NotFound);
        stores.MapPut("{storeId}/menu", Update)
            .AllowRoles(Roles.Owner)
            .WithSummary("The owner hands in a new menu, whole")
            .Takes<MenuBody>()
            .Produces<MenuFields>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> List(HttpContext context, IStores stores)
    {
        if (Paging.From(context.Request).IsError(out var rejection, out var paging))
            return rejection.ToProblem();

        var page = paging.Offset > int.MaxValue ? [] : await stores.List(after: null, (int)paging.Offset, paging.Size, context.RequestAborted);
        var total = Total.OfLimited(await stores.Count(Total.Cap + 1, context.RequestAborted));
        return Hal.Collection("stores", [.. page.Select(StoreFields.Of)], paging, total, "/stores");
    }

    private static async Task<IResult> Get(string storeId, IStores stores, CancellationToken cancellation) =>
        (await Find(storeId, stores, cancellation)).ToResult(static store => StoreFields.Of(store));

    private static async Task<IResult> Menu(string storeId, IStores stores, IMenus menus, CancellationToken cancellation)
    {
        if ((await Find(storeId, stores, cancellation)).IsError(out var rejection, out var store))
            return rejection.ToProblem();

        return MenuFields.Of(await menus.Find(store.Id, cancellation) ?? FoodDelivery.Stores.Menu.Blank(store.Id));
    }

    private static async Task<IResult> Update(string storeId, HttpContext context, UpdateMenuHandler updating)
    {
        if (Numbers.Of("store", storeId).IsError(out var rejection, out var number)
            || context.AccessScope().ForStore(number).IsError(out rejection)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || MenuBody.ReadDishes(body).IsError(out rejection, out var dishes)
            || !body.TryInteger(out var revision, out rejection, "revision"))
        {
            return rejection.ToProblem();
        }

        var updated = await updating.Handle(
            new UpdateMenu(new StoreId(number), dishes, revision), context.MessageContext(), context.RequestAborted);
        return updated.ToResult(static menu => MenuFields.Of(menu));
    }

    private static async Task<Result<Store>> Find(string storeId, IStores stores, CancellationToken cancellation)
    {
        if (Numbers.Of("store", storeId).IsError(out var rejection, out var number))
            return rejection;

        return await stores.Find(new StoreId(number), cancellation) is { } store ? store : Error.NotFound("store", number);
    }
}

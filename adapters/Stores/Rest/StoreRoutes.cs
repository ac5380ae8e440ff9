using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Stores;
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
            .WithDescription("If-Match names the version that was seen, as ETag shows it.")
            .Takes<MenuBody>()
            .Produces<MenuFields>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> List(HttpContext context, ListStoresHandler handler)
    {
        if (Paging.From(context.Request).IsError(out var rejection, out var paging))
            return rejection.ToProblem();

        var page = await handler.Handle(new ListStores(After: null, paging.Offset, paging.Size, Total.Cap + 1), context.RequestAborted);
        return Hal.Collection("stores", [.. page.Stores.Select(StoreFields.Of)], paging, Total.OfLimited(page.Total), "/stores");
    }

    private static async Task<IResult> Get(string storeId, GetStoreHandler handler, CancellationToken cancellation) =>
        Mapping.Number("store", storeId).IsError(out var rejection, out var number)
            ? rejection.ToProblem()
            : (await handler.Handle(new StoreId(number), cancellation)).ToResult(static store => StoreFields.Of(store));

    private static async Task<IResult> Menu(string storeId, HttpContext context, GetMenuHandler handler) =>
        Mapping.Number("store", storeId).IsError(out var rejection, out var number)
            ? rejection.ToProblem()
            : (await handler.Handle(new StoreId(number), context.RequestAborted)).ToResult(menu => Shown(menu, context));

    private static HalResource Shown(Menu menu, HttpContext context)
    {
        context.Response.Headers.ETag = IfMatch.Tag(menu.Version);
        return MenuFields.Of(menu);
    }

    private static async Task<IResult> Update(string storeId, HttpContext context, GetMenuHandler getting, UpdateMenuHandler handler)
    {
        // The use case decides this too; here it is asked before the body is, so that a stranger hears nothing of what is wrong with it.
        if (Mapping.Number("store", storeId).IsError(out var rejection, out var number)
            || context.AccessScope().ForStore(number).IsError(out rejection)
            || IfMatch.From(context.Request).IsError(out rejection, out var seen)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || MenuBody.ReadDishes(body).IsError(out rejection, out var dishes)
            || !body.TryInteger(out var revision, out rejection, "revision"))
        {
            return rejection.ToProblem();
        }

        if (seen.NamesVersions)
        {
            if ((await getting.Handle(new StoreId(number), context.RequestAborted)).IsError(out rejection, out var current))
                return rejection.ToProblem();

            if (!seen.Includes(current.Version))
                return IfMatch.Failed();

            revision ??= current.Version;
        }

        try
        {
            var updated = await handler.Handle(
                new UpdateMenu(new StoreId(number), dishes, revision), context.AccessScope(), context.MessageContext(), context.RequestAborted);
            return updated.In(MenuBody.Names).ToResult(menu => Shown(menu, context));
        }
        catch (ConcurrencyException) when (seen.NamesVersions)
        {
            return IfMatch.Failed();
        }
    }
}

using System.Text.Json;
using FoodDelivery.Platform.Hosting.Describing;
using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rest;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Stores.Rest;

/// <summary>The stores and their menus.</summary>
internal static class StoreRoutes
{
    private const string SeenVersion = "If-Match names the version that was seen, as ETag shows it.";

    public static void Map(IEndpointRouteBuilder app)
    {
        var stores = app.MapGroup("/stores").WithTags("Stores");
        stores.MapGet("", List).AllowEveryRole().WithSummary("The stores, by number").ProducesPage<StoreFields>("stores").Refuses(StatusCodes.Status400BadRequest);
        stores.MapGet("{storeId}", Get)
            .AllowEveryRole()
            .WithSummary("A store")
            .Produces<StoreFields>().ProducesProblem(StatusCodes.Status404NotFound);
        stores.MapPost("", Create)
            .AllowRoles()
            .WithSummary("An operator creates a store, which has no menu yet")
            .WithDescription("Repeated under the same Idempotency-Key it is the same store.")
            .Takes<StoreBody>()
            .Produces<StoreFields>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status422UnprocessableEntity);
        stores.MapPatch("{storeId}", Change)
            .AllowRoles(Roles.Owner)
            .WithSummary("The owner says something else of a store; what is absent stays")
            .WithDescription(SeenVersion)
            .Takes<StoreBody>()
            .Produces<StoreFields>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        stores.MapPost("{storeId}/pause", Pause)
            .AllowRoles(Roles.Owner)
            .WithSummary("The store takes no orders for a while; what was ordered goes on")
            .WithDescription(SeenVersion)
            .Takes<PauseBody>()
            .Produces<StoreFields>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        stores.MapPost("{storeId}/resume", Resume)
            .AllowRoles(Roles.Owner)
            .WithSummary("The store takes orders again")
            .WithDescription(SeenVersion)
            .Takes<SeenBody>()
            .Produces<StoreFields>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        stores.MapPost("{storeId}/close", Close)
            .AllowRoles(Roles.Owner)
            .WithSummary("The store closes for good; its open tickets go on")
            .WithDescription(SeenVersion)
            .Takes<SeenBody>()
            .Produces<StoreFields>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        stores.MapGet("{storeId}/menu", Menu)
            .AllowEveryRole()
            .WithSummary("A store's menu")
            .Produces<MenuFields>().ProducesProblem(StatusCodes.Status404NotFound);
        stores.MapPut("{storeId}/menu", Update)
            .AllowRoles(Roles.Owner)
            .WithSummary("The owner hands in a new menu, whole")
            .WithDescription(SeenVersion)
            .Takes<MenuBody>()
            .Produces<MenuFields>()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<IResult> List(HttpContext context, ListStoresHandler handler, TimeProvider clock)
    {
        if (Paging.From(context.Request).IsError(out var rejection, out var paging))
            return rejection.ToProblem();

        var page = await handler.Handle(new ListStores(After: null, paging.Offset, paging.Size, Total.Cap + 1), context.RequestAborted);
        var now = clock.GetUtcNow();
        return Hal.Collection("stores", [.. page.Stores.Select(store => StoreFields.Of(store, now))], paging, Total.OfLimited(page.Total), "/stores");
    }

    private static async Task<IResult> Get(string storeId, HttpContext context, GetStoreHandler handler) =>
        Mapping.Number("store", storeId).IsError(out var rejection, out var number)
            ? rejection.ToProblem()
            : (await handler.Handle(new StoreId(number), context.RequestAborted)).ToResult(store => Shown(store, context));

    private static HalResource Shown(Store store, HttpContext context, bool withOwner = false)
    {
        context.Response.Headers.ETag = IfMatch.Tag(store.Version);
        return StoreFields.Of(store, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), withOwner);
    }

    private static async Task<IResult> Create(HttpContext context, CreateStoreHandler handler)
    {
        if (Platform.Hosting.Rest.IdempotencyKey.From(context.Request).IsError(out var rejection, out var key)
            || (await RequestBody.Read(context)).IsError(out rejection, out var body)
            || StoreBody.ReadDraft(body).IsError(out rejection, out var draft))
        {
            return rejection.ToProblem();
        }

        var command = new CreateStore(draft, key.Value is null ? null : new FoodDelivery.Stores.IdempotencyKey(Caller.Of(context), key.Value));
        var created = await handler.Handle(command, context.AccessScope(), context.MessageContext(), context.RequestAborted);
        return created.In(StoreBody.Names).ToResult(store => Shown(store, context, withOwner: true).Created());
    }

    private static Task<IResult> Change(string storeId, HttpContext context, GetStoreHandler getting, UpdateStoreHandler handler) => Seen(
        storeId,
        context,
        getting,
        mayBeEmpty: false,
        async (store, body, revision) => StoreBody.ReadDraft(body).IsError(out var rejection, out var draft)
            ? rejection
            : await handler.Handle(new UpdateStore(store, draft, revision), context.AccessScope(), context.MessageContext(), context.RequestAborted));

    private static Task<IResult> Pause(string storeId, HttpContext context, GetStoreHandler getting, PauseStoreHandler handler) => Seen(
        storeId,
        context,
        getting,
        mayBeEmpty: true,
        async (store, body, revision) => PauseBody.Read(body).IsError(out var rejection, out var pause)
            ? rejection
            : await handler.Handle(new PauseStore(store, pause.Until, revision), context.AccessScope(), context.MessageContext(), context.RequestAborted));

    private static Task<IResult> Resume(string storeId, HttpContext context, GetStoreHandler getting, ResumeStoreHandler handler) => Seen(
        storeId,
        context,
        getting,
        mayBeEmpty: true,
        (store, _, revision) => handler.Handle(new ResumeStore(store, revision), context.AccessScope(), context.MessageContext(), context.RequestAborted));

    private static Task<IResult> Close(string storeId, HttpContext context, GetStoreHandler getting, CloseStoreHandler handler) => Seen(
        storeId,
        context,
        getting,
        mayBeEmpty: true,
        (store, _, revision) => handler.Handle(new CloseStore(store, revision), context.AccessScope(), context.MessageContext(), context.RequestAborted));

    // A change of the version that If-Match or the body names, where one does. That it is the owner's is asked here too, so that a stranger hears nothing else.
    private static async Task<IResult> Seen(
        string storeId, HttpContext context, GetStoreHandler getting, bool mayBeEmpty, Func<StoreId, RequestBody, long?, Task<Result<Store>>> change)
    {
        if (Mapping.Number("store", storeId).IsError(out var rejection, out var number)
            || context.AccessScope().ForStore(number).IsError(out rejection)
            || IfMatch.From(context.Request).IsError(out rejection, out var seen)
            || (await Read(context, mayBeEmpty)).IsError(out rejection, out var body)
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
            return (await change(new StoreId(number), body, revision)).In(StoreBody.Names).ToResult(store => Shown(store, context, withOwner: true));
        }
        catch (ConcurrencyException) when (seen.NamesVersions)
        {
            return IfMatch.Failed();
        }
    }

    private static Task<Result<RequestBody>> Read(HttpContext context, bool mayBeEmpty) =>
        mayBeEmpty && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true
            ? Task.FromResult(RequestBody.From(JsonElement.Parse("{}")))
            : RequestBody.Read(context);

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

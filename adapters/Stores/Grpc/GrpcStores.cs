using FoodDelivery.Platform.Hosting.Errors;
using FoodDelivery.Platform.Hosting.Rpc;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Protos.Store.V1;
using FoodDelivery.Stores;
using Grpc.Core;
using Store = FoodDelivery.Stores.Store;

namespace FoodDelivery.Adapters.Stores.Grpc;

/// <summary>The stores over gRPC.</summary>
internal sealed class GrpcStores(
    GetStoreHandler get,
    ListStoresHandler list,
    CreateStoreHandler create,
    UpdateStoreHandler update,
    PauseStoreHandler pause,
    ResumeStoreHandler resume,
    CloseStoreHandler close) : StoreService.StoreServiceBase
{
    private const string Settings = "settings";

    // What the messages call the parts of a store that the model calls otherwise.
    private static readonly FieldNames Names = new(("hours", "hours.periods"), ("closedDays", "closedDays.days"));

    public override async Task<GetStoreResponse> GetStore(GetStoreRequest request, ServerCallContext context) =>
        new() { Store = (await get.Handle(new StoreId(request.StoreId), context.CancellationToken)).ValueOrThrow().ToProto() };

    public override async Task<ListStoresResponse> ListStores(ListStoresRequest request, ServerCallContext context)
    {
        var page = PageRequest.Of(request.PageSize, request.PageToken).ValueOrThrow();
        StoreId? after = page.After is { } number ? new StoreId(number) : null;
        var found = (await list.Handle(new ListStores(after, Skip: 0, page.Size + 1), context.CancellationToken)).Stores;
        return new ListStoresResponse
        {
            Stores = { found.Take(page.Size).Select(static store => store.ToProto()) },
            NextPageToken = page.Next(found, static store => store.Id.Value),
        };
    }

    public override async Task<CreateStoreResponse> CreateStore(CreateStoreRequest request, ServerCallContext context)
    {
        var command = new CreateStore(request.Settings.ToDraft(), GrpcTickets.Key(request.RequestId, context));
        var created = await create.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new CreateStoreResponse { Store = InSettings(created).ValueOrThrow().ToProto(withOwner: true) };
    }

    public override async Task<UpdateStoreResponse> UpdateStore(UpdateStoreRequest request, ServerCallContext context)
    {
        var command = new UpdateStore(new StoreId(request.StoreId), request.Settings.ToDraft(), request.HasRevision ? request.Revision : null);
        var updated = await update.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new UpdateStoreResponse { Store = InSettings(updated).ValueOrThrow().ToProto(withOwner: true) };
    }

    public override async Task<PauseStoreResponse> PauseStore(PauseStoreRequest request, ServerCallContext context)
    {
        var command = new PauseStore(new StoreId(request.StoreId), Until(request), request.HasRevision ? request.Revision : null);
        var paused = await pause.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new PauseStoreResponse { Store = paused.ValueOrThrow().ToProto(withOwner: true) };
    }

    public override async Task<ResumeStoreResponse> ResumeStore(ResumeStoreRequest request, ServerCallContext context)
    {
        var command = new ResumeStore(new StoreId(request.StoreId), request.HasRevision ? request.Revision : null);
        var resumed = await resume.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new ResumeStoreResponse { Store = resumed.ValueOrThrow().ToProto(withOwner: true) };
    }

    public override async Task<CloseStoreResponse> CloseStore(CloseStoreRequest request, ServerCallContext context)
    {
        var command = new CloseStore(new StoreId(request.StoreId), request.HasRevision ? request.Revision : null);
        var closed = await close.Handle(command, context.AccessScope(), context.MessageContext(), context.CancellationToken);
        return new CloseStoreResponse { Store = closed.ValueOrThrow().ToProto(withOwner: true) };
    }

    private static DateTimeOffset? Until(PauseStoreRequest request)
    {
        try
        {
            return request.Until?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw Error.Invalid("until", "A time is from the year 1 to the year 9999.").ToRpcException();
        }
    }

    private static Result<Store> InSettings(Result<Store> outcome)
    {
        if (!outcome.In(Names).IsError(out var refusal, out var store))
            return store;

        return refusal.Field is null or "storeId" ? refusal : refusal with { Field = $"{Settings}.{refusal.Field}" };
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

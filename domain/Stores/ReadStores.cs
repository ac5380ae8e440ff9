using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>One store; open to everybody.</summary>
public sealed class GetStoreHandler(IStores stores)
{
    /// <summary>The store, or that there is none.</summary>
    public async Task<Result<Store>> Handle(StoreId store, CancellationToken cancellation) =>
        await stores.Find(store, cancellation) is { } found ? found : Error.NotFound("store", store);
}

/// <summary>The stores, by number; open to everybody.</summary>
/// <param name="After">Only those after this one.</param>
/// <param name="Skip">How many are left out.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="CountUpTo">Where counting ends; 0: they are not counted.</param>
public sealed record ListStores(StoreId? After, long Skip, int Limit, int CountUpTo = 0);

/// <summary>A part of the stores.</summary>
/// <param name="Stores">By number, ascending.</param>
/// <param name="Total">How many there are in all, as far as they were counted.</param>
public sealed record StorePage(IReadOnlyList<Store> Stores, int Total);

/// <summary>The stores, by number; open to everybody.</summary>
public sealed class ListStoresHandler(IStores stores)
{
    /// <summary>The stores.</summary>
    public async Task<StorePage> Handle(ListStores query, CancellationToken cancellation) => new(
        await stores.List(query.After, query.Skip, query.Limit, cancellation),
        query.CountUpTo == 0 ? 0 : await stores.Count(query.CountUpTo, cancellation));
}

/// <summary>A store's menu; open to everybody.</summary>
public sealed class GetMenuHandler(IStores stores, IMenus menus)
{
    /// <summary>The menu, empty before the first is handed in; or that there is no such store.</summary>
    public async Task<Result<Menu>> Handle(StoreId store, CancellationToken cancellation) =>
        await stores.Find(store, cancellation) is null
            ? Error.NotFound("store", store)
            : await menus.Find(store, cancellation) ?? Menu.Blank(store);
}

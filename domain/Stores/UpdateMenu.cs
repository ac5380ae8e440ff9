using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>The owner hands in a new menu.</summary>
/// <param name="Store">Whose.</param>
/// <param name="Dishes">All of it.</param>
/// <param name="Revision">The revision that the owner saw; null: whatever it is.</param>
public sealed record UpdateMenu(StoreId Store, IReadOnlyList<DishDraft> Dishes, long? Revision = null);

/// <summary>The owner hands in a new menu, which takes the place of the old one.</summary>
public sealed class UpdateMenuHandler(IMenus menus, IStores stores)
{
    /// <summary>The menu as it now is, or what is wrong with the new one.</summary>
    /// <exception cref="ConcurrencyException">The owner named a revision, and it is not the current one.</exception>
    public async Task<Result<Menu>> Handle(UpdateMenu command, AccessScope scope, MessageContext context, CancellationToken cancellation)
    {
        if (scope.ForStore(command.Store.Value).IsError(out var refusal))
            return refusal;

        if (await stores.Find(command.Store, cancellation) is null)
            return Error.NotFound("store", command.Store);

        // An owner who names a revision has decided upon that one: a newer one is theirs to look at, not ours to try again.
        return command.Revision is null
            ? await Concurrency.RetryOnConflict(() => Replace(command, context, cancellation))
            : await Replace(command, context, cancellation);
    }

    private async Task<Result<Menu>> Replace(UpdateMenu command, MessageContext context, CancellationToken cancellation)
    {
        var menu = await menus.Find(command.Store, cancellation) ?? Menu.Blank(command.Store);
        if (command.Revision is { } seen && seen != menu.Version)
            throw new ConcurrencyException($"The menu of store {command.Store} is at revision {menu.Version}, not {seen}.");

        if (menu.Replace(command.Dishes).IsError(out var refusal))
            return refusal;

        await menus.Save(menu, context, cancellation);
        return menu;
    }
}

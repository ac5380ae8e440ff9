using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>A store opens under a number that is known beforehand, with its first menu.</summary>
public sealed record OpenStore(StoreId Store, StoreProfile Profile, IReadOnlyList<DishDraft> Dishes);

/// <summary>A store opens. Repeated, or done by several at once, it opens once; a store that has a menu keeps it.</summary>
public sealed class OpenStoreHandler(IStores stores, IMenus menus)
{
    /// <summary>The menu that the store now has, or what is wrong with its first.</summary>
    public async Task<Result<Menu>> Handle(OpenStore command, MessageContext context, CancellationToken cancellation)
    {
        await Concurrency.RetryOnConflict(async () =>
        {
            if (await stores.Find(command.Store, cancellation) is null)
                await stores.Save(Store.Open(command.Store, command.Profile), context, cancellation);

            return Unit.Value;
        });
        return await Concurrency.RetryOnConflict<Result<Menu>>(async () =>
        {
            if (await menus.Find(command.Store, cancellation) is { } existing)
                return existing;

            var menu = Menu.Blank(command.Store);
            if (menu.Replace(command.Dishes).IsError(out var refusal))
                return refusal;

            await menus.Save(menu, context, cancellation);
            return menu;
        });
    }
}

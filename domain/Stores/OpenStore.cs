using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Stores;

/// <summary>A store opens, with its first menu.</summary>
public sealed record OpenStore(Store Store, IReadOnlyList<DishDraft> Dishes);

/// <summary>A store opens. Repeated, or done by several at once, it opens once; a store that has a menu keeps it.</summary>
public sealed class OpenStoreHandler(IStores stores, IMenus menus)
{
    /// <summary>The menu that the store now has, or what is wrong with its first.</summary>
    public async Task<Result<Menu>> Handle(OpenStore command, MessageContext context, CancellationToken cancellation)
    {
        await stores.Add(command.Store, cancellation);
        return await Concurrency.RetryOnConflict<Result<Menu>>(async () =>
        {
            if (await menus.Find(command.Store.Id, cancellation) is { } existing)
                return existing;

            var menu = Menu.Blank(command.Store.Id);
            if (menu.Replace(command.Dishes).IsError(out var refusal))
                return refusal;

            await menus.Save(menu, context, cancellation);
            return menu;
        });
    }
}

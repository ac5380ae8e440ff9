using FoodDelivery.Marketing.Ports;

namespace FoodDelivery.Marketing.ReplicatingMenus;

/// <summary>A store has a new menu.</summary>
/// <param name="Store">Whose.</param>
/// <param name="Dishes">All that is on it.</param>
/// <param name="Revision">Counts the menu's changes; the first is 1.</param>
public sealed record MenuChanged(StoreId Store, IReadOnlyList<MenuDish> Dishes, long Revision);

/// <summary>Keeps the replica of the menus up to date, so that only what can be ordered is recommended.</summary>
public sealed class ReplicatingMenus(IMenus menus)
{
    /// <summary>Takes a store's new menu over.</summary>
    public Task Handle(MenuChanged happened, MessageContext cause, CancellationToken cancellation) => menus.Replace(happened, cancellation);
}

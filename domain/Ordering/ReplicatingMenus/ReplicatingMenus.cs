using FoodDelivery.Ordering.Menus;
using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering.ReplicatingMenus;

/// <summary>A store has a new menu.</summary>
/// <param name="Menu">All of it.</param>
public sealed record MenuChanged(Menu Menu);

/// <summary>Keeps the replica of the menus up to date.</summary>
public sealed class ReplicatingMenus(IMenus menus)
{
    /// <summary>Takes a store's new menu over.</summary>
    public Task Handle(MenuChanged happened, MessageContext cause, CancellationToken cancellation) => menus.Replace(happened.Menu, cause, cancellation);
}

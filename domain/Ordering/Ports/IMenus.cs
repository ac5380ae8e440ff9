using FoodDelivery.Ordering.Menus;

namespace FoodDelivery.Ordering.Ports;

/// <summary>Ordering's own replica of the stores' menus.</summary>
public interface IMenus
{
    /// <summary>All menus as far as they are known; <see cref="AllMenus.None"/> until the replica has caught up once.</summary>
    ValueTask<AllMenus> Current(CancellationToken cancellation);

    /// <summary>Keeps a store's menu, unless a newer revision of it is known.</summary>
    Task Replace(Menu menu, MessageContext cause, CancellationToken cancellation);
}

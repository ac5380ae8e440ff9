namespace FoodDelivery.Ordering.Ports;

/// <summary>Ordering's own replica of the stores' menus.</summary>
public interface IMenus
{
    /// <summary>All menus as far as they are known; <see cref="MenuReplica.None"/> until the replica has caught up once.</summary>
    ValueTask<MenuReplica> Current(CancellationToken cancellation);

    /// <summary>Keeps a store's menu, unless a newer revision of it is known.</summary>
    Task Replace(Menu menu, MessageContext cause, CancellationToken cancellation);
}

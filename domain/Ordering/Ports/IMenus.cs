namespace FoodDelivery.Ordering.Ports;

/// <summary>Ordering's own replica of the stores' menus, and of the terms on which they sell.</summary>
public interface IMenus
{
    /// <summary>All menus as far as they are known; <see cref="MenuReplica.None"/> until the replica has caught up once.</summary>
    ValueTask<MenuReplica> Current(CancellationToken cancellation);

    /// <summary>Keeps a store's menu, unless a newer revision of it is known.</summary>
    Task Replace(Menu menu, MessageContext cause, CancellationToken cancellation);

    /// <summary>Keeps a store's terms, unless a newer revision of them is known.</summary>
    Task Replace(StoreTerms terms, MessageContext cause, CancellationToken cancellation);
}

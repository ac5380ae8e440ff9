namespace FoodDelivery.Stores.Ports;

/// <summary>The stores' menus.</summary>
public interface IMenus
{
    /// <summary>The store's menu, or null if it has never handed one in.</summary>
    Task<Menu?> Find(StoreId store, CancellationToken cancellation);

    /// <summary>Saves a menu and publishes what it raised, both or neither.</summary>
    /// <exception cref="ConcurrencyException">It was changed since it was loaded.</exception>
    Task Save(Menu menu, MessageContext context, CancellationToken cancellation);
}

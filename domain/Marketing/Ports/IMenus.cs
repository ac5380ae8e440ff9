using FoodDelivery.Marketing.ReplicatingMenus;

namespace FoodDelivery.Marketing.Ports;

/// <summary>This context's own replica of the menus.</summary>
public interface IMenus
{
    /// <summary>Keeps a store's menu, unless the same or a newer revision of it is known.</summary>
    Task Replace(MenuChanged changed, CancellationToken cancellation);
}

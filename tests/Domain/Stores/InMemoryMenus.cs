using FoodDelivery.Kernel;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;

namespace FoodDelivery.Tests.Domain.Stores;

internal sealed class InMemoryMenus : IMenus
{
    private readonly Dictionary<StoreId, Menu> _menus = [];

    public List<IDomainEvent> Published { get; } = [];

    public Task<Menu?> Find(StoreId store, CancellationToken cancellation) => Task.FromResult(_menus.GetValueOrDefault(store) is { } menu
        ? Menu.Restore(store, menu.Dishes, menu.LastDishId, menu.Version)
        : null);

    public Task Save(Menu menu, MessageContext context, CancellationToken cancellation)
    {
        if ((_menus.GetValueOrDefault(menu.Store)?.Version ?? 0) != menu.LoadedVersion)
            throw new ConcurrencyException();

        _menus[menu.Store] = menu;
        Published.AddRange(menu.Raised);
        return Task.CompletedTask;
    }
}

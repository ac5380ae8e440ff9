using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Ports.OrderStatuses;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Notifications;

public sealed class SqliteNotificationsTests : NotificationsSuite
{
    protected override Task<(INotifications Store, IAsyncDisposable Owner)> Open()
    {
        var stores = CustomerStores.OnSqlite();
        return Task.FromResult<(INotifications, IAsyncDisposable)>((stores.Services.GetRequiredService<INotifications>(), stores));
    }
}

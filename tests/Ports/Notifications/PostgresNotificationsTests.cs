using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Notifications;

[NeedsPostgres]
public sealed class PostgresNotificationsTests : NotificationsSuite
{
    protected override async Task<(INotifications Store, IAsyncDisposable Owner)> Open()
    {
        var stores = await CustomerStores.OnPostgres();
        return (stores.Services.GetRequiredService<INotifications>(), stores);
    }
}

using FoodDelivery.Customers.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

public sealed class SqliteOrderStatusesTests : OrderStatusesSuite
{
    protected override Task<(IOrderStatuses Store, IAsyncDisposable Owner)> Open()
    {
        var stores = CustomerStores.OnSqlite();
        return Task.FromResult<(IOrderStatuses, IAsyncDisposable)>((stores.Services.GetRequiredService<IOrderStatuses>(), stores));
    }
}

using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

[NeedsPostgres]
public sealed class PostgresOrderStatusesTests : OrderStatusesSuite
{
    protected override async Task<(IOrderStatuses Store, IAsyncDisposable Owner)> Open()
    {
        var stores = await CustomerStores.OnPostgres();
        return (stores.Services.GetRequiredService<IOrderStatuses>(), stores);
    }
}

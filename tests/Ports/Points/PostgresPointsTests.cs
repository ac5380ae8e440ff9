using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Ports.OrderStatuses;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Points;

[NeedsPostgres]
public sealed class PostgresPointsTests : PointsSuite
{
    protected override async Task<(IPoints Store, IAsyncDisposable Owner)> Open()
    {
        var stores = await CustomerStores.OnPostgres();
        return (stores.Services.GetRequiredService<IPoints>(), stores);
    }
}

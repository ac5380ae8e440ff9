using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Ports.OrderStatuses;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Points;

public sealed class SqlitePointsTests : PointsSuite
{
    protected override Task<(IPoints Store, IAsyncDisposable Owner)> Open()
    {
        var stores = CustomerStores.OnSqlite();
        return Task.FromResult<(IPoints, IAsyncDisposable)>((stores.Services.GetRequiredService<IPoints>(), stores));
    }
}

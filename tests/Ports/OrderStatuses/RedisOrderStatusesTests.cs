using FoodDelivery.Customers.Ports;
using FoodDelivery.Tests.Support.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

[NeedsOutside(RedisServer.Program)]
public sealed class RedisOrderStatusesTests : OrderStatusesSuite
{
    protected override async Task<(IOrderStatuses Store, IAsyncDisposable Owner)> Open()
    {
        var stores = CustomerStores.OnRedis(await RedisServer.Running());
        var statuses = stores.Services.GetRequiredService<IOrderStatuses>();

        // Where the service finds nothing, it builds the view from the log, which is empty here.
        await statuses.CompleteRebuild(await statuses.BeginRebuild(DateTimeOffset.UnixEpoch, default), default);
        return (statuses, stores);
    }
}

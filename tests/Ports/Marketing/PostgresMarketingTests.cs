using FoodDelivery.Tests.Support.Postgres;

namespace FoodDelivery.Tests.Ports.Marketing;

[NeedsPostgres]
public sealed class PostgresMarketingTests : MarketingSuite
{
    protected override async Task<(IServiceProvider Stores, IAsyncDisposable Owner)> Open()
    {
        var stores = await MarketingStores.OnPostgres();
        return (stores.Services, stores);
    }
}

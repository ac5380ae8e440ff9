namespace FoodDelivery.Tests.Ports.Marketing;

public sealed class SqliteMarketingTests : MarketingSuite
{
    protected override Task<(IServiceProvider Stores, IAsyncDisposable Owner)> Open()
    {
        var stores = MarketingStores.OnSqlite();
        return Task.FromResult<(IServiceProvider, IAsyncDisposable)>((stores.Services, stores));
    }
}

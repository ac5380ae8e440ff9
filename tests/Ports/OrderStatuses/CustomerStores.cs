using FoodDelivery.Adapters.Customers;
using FoodDelivery.Platform.EmbeddedLog;
using FoodDelivery.Platform.Sqlite;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

/// <summary>The Customer context's adapters as its service registers them, in a directory of their own; nothing runs in the background.</summary>
internal sealed class CustomerStores : IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly ServiceProvider _services;

    public CustomerStores()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _data.Path)]).Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddSqlite()
            .AddEmbeddedLog()
            .AddCustomers(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public IServiceProvider Services => _services;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
    }
}

using FoodDelivery.Adapters.Marketing;
using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Bench.Marketing;

/// <summary>Marketing's own store as its service registers it, on data of its own; nothing runs in the background.</summary>
internal sealed class MarketingStore : IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly ServiceProvider _services;

    private MarketingStore(string? postgres)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Data:Directory", _data.Path),
            new("Storage:Provider", postgres is null ? "Sqlite" : "Postgres"),
            new("Storage:ConnectionString", postgres),
        ]).Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddSqlite()
            .AddPostgres()
            .AddEmbeddedLog()
            .AddMarketing(configuration)
            .BuildServiceProvider();
    }

    public ITallies Tallies => _services.GetRequiredService<ITallies>();

    public IMenus Menus => _services.GetRequiredService<IMenus>();

    public RecommendHandler RecommendHandler => _services.GetRequiredService<RecommendHandler>();

    public static async Task<MarketingStore> Open(bool postgres) =>
        new(postgres ? (await PostgresCluster.Running()).ConnectionString($"bench_{Guid.NewGuid():N}_{{name}}") : null);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
    }
}

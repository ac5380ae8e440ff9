using FoodDelivery.Adapters.Marketing;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Marketing;

/// <summary>The Marketing context's adapters as its service registers them, on data of their own; nothing runs in the background.</summary>
internal sealed class MarketingStores : IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly PostgresPlace? _place;
    private readonly ServiceProvider _services;

    private MarketingStores(PostgresPlace? place)
    {
        _place = place;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Data:Directory", _data.Path),
            new("Storage:Provider", place is null ? "Sqlite" : "Postgres"),
            new("Storage:ConnectionString", place?.Template),
        ]).Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddSqlite()
            .AddPostgres()
            .AddEmbeddedLog()
            .AddMarketing(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public IServiceProvider Services => _services;

    public static MarketingStores OnSqlite() => new(place: null);

    public static async Task<MarketingStores> OnPostgres() => new(await PostgresPlace.Make());

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
        if (_place is not null)
            await _place.DisposeAsync();
    }
}

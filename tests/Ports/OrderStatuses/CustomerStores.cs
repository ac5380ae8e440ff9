using FoodDelivery.Adapters.Customers;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.OrderStatuses;

/// <summary>The Customer context's adapters as its service registers them, on data of their own; nothing runs in the background.</summary>
internal sealed class CustomerStores : IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly PostgresPlace? _place;
    private readonly ServiceProvider _services;

    private CustomerStores(PostgresPlace? place = null, RedisServer? redis = null, string? prefix = null)
    {
        _place = place;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Data:Directory", _data.Path),
            new("Storage:Provider", place is null ? "Sqlite" : "Postgres"),
            new("Storage:ConnectionString", place?.Template),
            new("View:Provider", redis is null ? "Database" : "Redis"),
            new("Redis:Configuration", redis?.Configuration),
            new("Messaging:PruneInterval", "00:00:00.050"),
            new("Redis:Prefix", prefix ?? $"test-{Guid.NewGuid():N}"),
        ]).Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddSqlite()
            .AddPostgres()
            .AddEmbeddedLog()
            .AddCustomers(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public IServiceProvider Services => _services;

    public static CustomerStores OnSqlite() => new();

    public static async Task<CustomerStores> OnPostgres() => new(await PostgresPlace.Make());

    /// <summary>The view in Redis; who names the same prefix has the same.</summary>
    public static CustomerStores OnRedis(RedisServer redis, string? prefix = null) => new(redis: redis, prefix: prefix);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
        if (_place is not null)
            await _place.DisposeAsync();
    }
}

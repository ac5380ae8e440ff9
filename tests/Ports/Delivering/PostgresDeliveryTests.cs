using FoodDelivery.Platform.EmbeddedLog;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Postgres;
using FoodDelivery.Platform.Sqlite;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>Outbox, inbox and dead letters in PostgreSQL, beside the embedded log.</summary>
[NeedsPostgres]
public sealed class PostgresDeliveryTests(ITestOutputHelper output) : DeliverySuite, IDisposable
{
    private readonly DataFolder _folder = new();
    private PostgresPlace? _place;

    protected override ITestOutputHelper Output => output;

    public override async Task InitializeAsync() => _place = await PostgresPlace.Make();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _place!.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    protected override void AddDatabase(IServiceCollection services, string name)
    {
        services.AddSingleton(provider => new PostgresDatabase(
            _place!.ConnectionString(name),
            new PostgresOptions(),
            [.. provider.GetServices<MigrationSource>(), new MigrationSource(name, typeof(PostgresDeliveryTests).Assembly, $"{name}.Migrations")],
            TimeProvider.System,
            provider.GetRequiredService<ILogger<PostgresDatabase>>()));
        services.AddSingleton<IDatabase>(static provider => provider.GetRequiredService<PostgresDatabase>());
    }

    protected override void AddLog(IServiceCollection services) => services.AddSingleton<IEventLog>(provider => new SqliteEventLog(
        Path.Combine(_folder.Path, "log.db"),
        new EmbeddedLogOptions { Lease = TimeSpan.FromSeconds(1), BatchSize = 8 },
        new SqliteOptions(),
        TimeProvider.System,
        provider.GetRequiredService<ILoggerFactory>()));
}

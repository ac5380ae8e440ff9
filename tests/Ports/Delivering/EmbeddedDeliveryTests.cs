using FoodDelivery.Platform.EmbeddedLog;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Sqlite;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Ports.Delivering;

public sealed class EmbeddedDeliveryTests : DeliverySuite, IDisposable
{
    private readonly DataFolder _folder = new();

    public EmbeddedDeliveryTests(ITestOutputHelper output)
    {
        Output = output;
        Settings["Data:Directory"] = _folder.Path;
    }

    protected override ITestOutputHelper Output { get; }

    public void Dispose() => _folder.Dispose();

    protected override void AddDatabase(IServiceCollection services, string name)
    {
        services.AddDataOptions();
        services.AddSingleton(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<DataOptions>>().Value.File($"{name}.db"),
            new SqliteOptions(),
            [.. provider.GetServices<MigrationSource>(), new MigrationSource(name, typeof(EmbeddedDeliveryTests).Assembly, $"{name}.Migrations")],
            TimeProvider.System,
            provider.GetRequiredService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<IDatabase>(static provider => provider.GetRequiredService<SqliteDatabase>());
    }

    // Each process opens the log for itself, as separate processes do.
    protected override void AddLog(IServiceCollection services) => services.AddSingleton<IEventLog>(provider => new SqliteEventLog(
        Path.Combine(_folder.Path, "log.db"),
        new EmbeddedLogOptions { Lease = TimeSpan.FromSeconds(1), BatchSize = 8 },
        new SqliteOptions(),
        TimeProvider.System,
        provider.GetRequiredService<ILoggerFactory>()));
}

using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>Each service's database is a SQLite file.</summary>
public abstract class SqliteDeliverySuite : DeliverySuite, IDisposable
{
    private readonly DataFolder _folder = new();

    protected SqliteDeliverySuite(ITestOutputHelper output)
    {
        Output = output;
        Settings["Data:Directory"] = _folder.Path;
    }

    protected override ITestOutputHelper Output { get; }

    protected string Folder => _folder.Path;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _folder.Dispose();
    }

    protected override void AddDatabase(IServiceCollection services, string name)
    {
        services.AddDataOptions();
        services.AddSingleton(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<DataOptions>>().Value.File($"{name}.db"),
            new SqliteOptions(),
            [.. provider.GetServices<MigrationSource>(), new MigrationSource(name, typeof(SqliteDeliverySuite).Assembly, $"{name}.Migrations")],
            TimeProvider.System,
            provider.GetRequiredService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<IDatabase>(static provider => provider.GetRequiredService<SqliteDatabase>());
    }
}

using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Storage;

/// <summary>Registration of a service's database.</summary>
public static class StorageServices
{
    private static readonly TimeSpan HealthCheckTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The service's own database as <see cref="IDatabase"/>, of the kind that <c>Storage:Provider</c> names; the service plugs the kinds in. At start it
    /// brings up to date the tables of every registered <see cref="MigrationSource"/> and those of <paramref name="owner"/>'s assembly
    /// (<c>Migrations/{provider}/0001_name.sql</c>, embedded). The service is ready only while the database answers and takes writes.
    /// </summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string name, Type owner)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
            Chosen(provider).Open(name, [.. provider.GetServices<MigrationSource>(), new MigrationSource(name, owner.Assembly)]));
        services.AddSingleton<IDatabase>(static provider => provider.GetRequiredService<IOpenedDatabase>());
        services.AddHostedService<DatabaseStartup>();
        services.AddMetrics().AddHostedService(provider => ActivatorUtilities.CreateInstance<SizeSampler>(provider, name));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "database",
            static provider => new DatabaseHealthCheck(provider.GetRequiredService<IOpenedDatabase>()),
            HealthStatus.Unhealthy,
            ["ready"],
            HealthCheckTimeout));
        return services;
    }

    private static IStorageProvider Chosen(IServiceProvider provider)
    {
        var wanted = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Provider;
        var plugged = provider.GetServices<IStorageProvider>().ToList();
        return plugged.Find(known => known.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnusableStorageException(
                $"The setting Storage:Provider is '{wanted}'; it must be {string.Join(" or ", plugged.Select(static known => known.Name))}.");
    }
}

/// <summary>The settings under <c>Storage</c>: where the services keep what they know.</summary>
public sealed class StorageOptions
{
    /// <summary>Which kind of database: Sqlite or Postgres.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>Where a database server is; <c>{name}</c> stands for the service's own database. Files need none.</summary>
    public string ConnectionString { get; set; } = "";
}

/// <summary>Whether the database can be used: part of a service's readiness.</summary>
internal sealed class DatabaseHealthCheck(IOpenedDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.IsWritable(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
}

/// <summary>Asks every minute how much of the disk the database takes: a metric's reader cannot wait for the answer.</summary>
internal sealed partial class SizeSampler(string name, IOpenedDatabase database, IMeterFactory meters, TimeProvider clock, ILogger<SizeSampler> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private long? _size;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        StorageMetrics.Watch(meters, name, () => _size);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                _size = await database.Size(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, name, error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database {Name} did not say how large it is")]
    private static partial void LogFailed(ILogger logger, string name, Exception error);
}

/// <summary>How much of the disk is taken, by what.</summary>
public static class StorageMetrics
{
    /// <summary>Shows a size in bytes, null as long as it is not known.</summary>
    public static void Watch(IMeterFactory meters, string name, Func<long?> size)
    {
        ArgumentNullException.ThrowIfNull(meters);
        meters.Create("fooddelivery.storage").CreateObservableGauge(
            "fooddelivery.storage.size",
            () => size() is { } known ? [new Measurement<long>(known, new KeyValuePair<string, object?>("database", name))] : Array.Empty<Measurement<long>>(),
            "By",
            "How much of the disk a database takes, when last seen.");
    }
}

/// <summary>Opens the database before anything else starts, so that a service that cannot does not start.</summary>
internal sealed class DatabaseStartup(IOpenedDatabase database) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => database.Opened.WaitAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
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

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>Registration of PostgreSQL.</summary>
public static class PostgresServices
{
    /// <summary>Lets the service keep its data in PostgreSQL; <c>Storage:Provider=Postgres</c> chooses it, <c>Storage:ConnectionString</c> says where it is.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services)
    {
        services.AddOptions<PostgresOptions>().BindConfiguration("Postgres").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IStorageProvider, PostgresStorage>();
        return services;
    }
}

/// <summary>The settings under <c>Postgres</c>; the defaults suit all that we know.</summary>
public sealed class PostgresOptions
{
    /// <summary>How long a query or a batch may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Postgres:CommandTimeout must be between 1 second and 5 minutes.")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many connections a service keeps at the most, unless the connection string says so; writers share the server's commits among them.</summary>
    [Range(1, 1000, ErrorMessage = "Postgres:Connections must be between 1 and 1000.")]
    public int Connections { get; set; } = 10;

    /// <summary>How many groups of batches are under way at once.</summary>
    [Range(1, 1000, ErrorMessage = "Postgres:Writers must be between 1 and 1000.")]
    public int Writers { get; set; } = 1;

    /// <summary>How many groups of short queries are under way at once.</summary>
    [Range(1, 1000, ErrorMessage = "Postgres:Readers must be between 1 and 1000.")]
    public int Readers { get; set; } = 1;

    /// <summary>How many batches, or queries, share one round trip at the most.</summary>
    [Range(1, 10_000, ErrorMessage = "Postgres:GroupLimit must be between 1 and 10000.")]
    public int GroupLimit { get; set; } = 64;

    /// <summary>How often something is tried that can be repeated without harm, the first time included.</summary>
    [Range(1, 20, ErrorMessage = "Postgres:Attempts must be between 1 and 20.")]
    public int Attempts { get; set; } = 6;
}

/// <summary>Databases on a server, one for each service.</summary>
internal sealed class PostgresStorage(
    IOptions<StorageOptions> storage, IOptions<PostgresOptions> options, TimeProvider clock, ILogger<PostgresDatabase> logger) : IStorageProvider
{
    public string Name => PostgresDatabase.Provider;

    public IOpenedDatabase Open(string name, IReadOnlyList<MigrationSource> migrations) =>
        new PostgresDatabase(ConnectionStrings.For(name, storage.Value.ConnectionString), options.Value, migrations, clock, logger);
}

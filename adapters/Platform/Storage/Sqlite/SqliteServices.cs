using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>Registration of SQLite.</summary>
public static class SqliteServices
{
    /// <summary>Lets the service keep its data in files; <c>Storage:Provider=Sqlite</c>, the default, chooses them.</summary>
    public static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddDataOptions();
        services.AddOptions<SqliteOptions>().BindConfiguration("Sqlite").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IStorageProvider, SqliteStorage>();
        return services;
    }
}

/// <summary>The settings under <c>Sqlite</c>; the defaults suit all that we know.</summary>
public sealed class SqliteOptions
{
    /// <summary>What a completed write has survived.</summary>
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>How long a write waits for another process that holds the file.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ErrorMessage = "Sqlite:BusyTimeout must be between 0.1 seconds and 5 minutes.")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many batches share one commit at the most.</summary>
    [Range(1, 10_000, ErrorMessage = "Sqlite:GroupLimit must be between 1 and 10000.")]
    public int GroupLimit { get; set; } = 256;

    /// <summary>How many batches wait for the writer before their callers wait for room.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Sqlite:QueueLimit must be between 1 and 1000000.")]
    public int QueueLimit { get; set; } = 4096;

    /// <summary>How many queries run at once.</summary>
    [Range(1, 256, ErrorMessage = "Sqlite:Readers must be between 1 and 256.")]
    public int Readers { get; set; } = 16;

    /// <summary>Up to which size a file is written anew after something was erased in it, which holds up its writers for about 10 ms a megabyte.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Sqlite:CompactUpToMegabytes must be between 0 and 1000000.")]
    public int CompactUpToMegabytes { get; set; } = 256;
}

/// <summary>What a completed write has survived.</summary>
public enum Durability
{
    /// <summary>A power cut: every commit waits for the disk.</summary>
    PowerLoss,

    /// <summary>The end of the process, but not of the machine: for what can be made again.</summary>
    ProcessExit,
}

/// <summary>Databases in files: <c>{Data:Directory}/{name}.db</c>.</summary>
internal sealed class SqliteStorage(
    IOptions<DataOptions> data, IOptions<SqliteOptions> options, TimeProvider clock, ILogger<SqliteDatabase> logger) : IStorageProvider
{
    public string Name => "Sqlite";

    public IOpenedDatabase Open(string name, IReadOnlyList<MigrationSource> migrations) =>
        new SqliteDatabase(data.Value.File($"{name}.db"), options.Value, migrations, clock, logger);
}

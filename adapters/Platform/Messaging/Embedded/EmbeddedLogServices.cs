using System.ComponentModel.DataAnnotations;
using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Platform.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging.Embedded;

/// <summary>Registration of the embedded log.</summary>
public static class EmbeddedLogServices
{
    /// <summary>The log of this machine, <c>{Data:Directory}/log.db</c>, as <see cref="IEventLog"/>.</summary>
    public static IServiceCollection AddEmbeddedLog(this IServiceCollection services)
    {
        services.AddDataOptions();
        services.AddOptions<EmbeddedLogOptions>().BindConfiguration("EmbeddedLog").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SqliteOptions>().BindConfiguration("Sqlite").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(static provider =>
        {
            var path = provider.GetRequiredService<IOptions<DataOptions>>().Value.File("log.db");
            return new SharedEventLog(path, () => new SqliteEventLog(
                path,
                provider.GetRequiredService<IOptions<EmbeddedLogOptions>>().Value,
                provider.GetRequiredService<IOptions<SqliteOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>()), provider.GetRequiredService<IMeterFactory>());
        });
        services.AddSingleton<IEventLog>(static provider => provider.GetRequiredService<SharedEventLog>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<SharedEventLog>());
        return services;
    }
}

/// <summary>The settings under <c>EmbeddedLog</c>.</summary>
public sealed class EmbeddedLogOptions
{
    /// <summary>
    /// How often to look for what other processes have appended; this process's own appends wake its readers at once. One look serves all
    /// groups, and took 0.4 ms of processor time on a crowded machine: every 25 ms that is under 2 % of a core, for a delay that nobody notices.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ErrorMessage = "EmbeddedLog:Poll must be between 1 ms and 1 minute.")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>After how long another member takes over the work of one that has died.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "EmbeddedLog:Lease must be between 0.1 seconds and 10 minutes.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many records a group is given at once.</summary>
    [Range(1, 10_000, ErrorMessage = "EmbeddedLog:BatchSize must be between 1 and 10000.")]
    public int BatchSize { get; set; } = 256;

    /// <summary>How long an order's records are kept at least, once every group has read them; 0: for ever, and only then a rebuild finds every order there has been.</summary>
    [AllowedRetention(ErrorMessage = "EmbeddedLog:KeepRecords must be 0, for ever, or between 7 and 3650 days.")]
    public TimeSpan KeepRecords { get; set; }

    /// <summary>How often older ones are let go.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ErrorMessage = "EmbeddedLog:PruneInterval must be between 10 ms and 1 day.")]
    public TimeSpan PruneInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many of a topic's newest records stay, however old they are; a test may do with fewer.</summary>
    internal int AlwaysKept { get; set; } = 10_000;

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class AllowedRetentionAttribute : ValidationAttribute
    {
        private const int Least = 7;
        private const int Most = 3650;

        public override bool IsValid(object? value) => value is TimeSpan keep && (keep == TimeSpan.Zero || keep.TotalDays is >= Least and <= Most);
    }
}

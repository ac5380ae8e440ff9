using FoodDelivery.Platform.EmbeddedLog;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>SQLite and the embedded log.</summary>
public sealed class EmbeddedDeliveryTests(ITestOutputHelper output) : SqliteDeliverySuite(output)
{
    // Each process opens the log for itself, as separate processes do.
    protected override void AddLog(IServiceCollection services) => services.AddSingleton<IEventLog>(provider => new SqliteEventLog(
        Path.Combine(Folder, "log.db"),
        new EmbeddedLogOptions { Lease = TimeSpan.FromSeconds(1), BatchSize = 8 },
        new SqliteOptions(),
        TimeProvider.System,
        provider.GetRequiredService<ILoggerFactory>()));
}

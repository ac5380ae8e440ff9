using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FoodDelivery.Platform.Messaging;

/// <summary>Rows of which nothing needs the old ones any more, and for how long they are kept all the same.</summary>
/// <param name="Table">The table, a constant.</param>
/// <param name="Key">Its primary key's columns, a constant.</param>
/// <param name="Over">
/// The keys of the rows that may go, as a query that is quick also where there are none: <c>@Before</c> is the moment in milliseconds, <c>@BeforeId</c> what
/// ids of events from then on begin with, <c>@Limit</c> how many rows may go at once.
/// </param>
/// <param name="Keep">For how long they are kept.</param>
public sealed record Retention(string Table, string Key, string Over, TimeSpan Keep)
{
    // Many more than go at once: some that stay, being over in another way, must not hide those behind them.
    private const int Window = 10_000;

    /// <summary>Looks at a table's oldest rows alone, since an index for what happens now and then would cost every write.</summary>
    /// <param name="key">The primary key's column, which rises with time.</param>
    /// <param name="table">The table.</param>
    /// <param name="condition">Which of them may go.</param>
    public static string Oldest(string key, string table, string condition) =>
        $"select {key} from (select * from {table} order by {key} limit {Window}) oldest where {condition} order by {key} limit @Limit";
}

/// <summary>
/// Lets go what every <see cref="Retention"/> of the service says, in small batches, so that no other writer waits for long. One process at a time does;
/// two at once would do no harm. Not at the start: then others have more to do.
/// </summary>
internal sealed partial class Pruner(
    IEnumerable<Retention> retentions, IDatabase database, IOptions<MessagingOptions> options, TimeProvider clock, ILogger<Pruner> logger) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Lease _lease = new(database, "pruning", TimeSpan.FromSeconds(30), clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PruneInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var retention in retentions)
            {
                try
                {
                    await Prune(retention, stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(logger, retention.Table, error);
                }
            }
        }
    }

    private async Task Prune(Retention retention, CancellationToken cancellation)
    {
        var before = clock.GetUtcNow() - retention.Keep;
        var sql = $"delete from {retention.Table} where ({retention.Key}) in ({retention.Over})";
        var parameters = new { Before = before.ToUnixTimeMilliseconds(), BeforeId = UuidEventIds.BeginningAt(before), Limit = AtOnce };
        while (await _lease.Hold(cancellation) && await database.Write(new Batch().Require(sql, parameters), cancellation) == WriteResult.Done)
            await Task.Delay(Pause, clock, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old rows of {Table} could not be let go; the next round tries again")]
    private static partial void LogFailed(ILogger logger, string table, Exception error);
}

/// <summary>Registration of what is kept for a while.</summary>
public static class RetentionServices
{
    /// <summary>Has old rows of a table of the service's database let go; needs <see cref="MessagingServices.AddOutbox"/> or a consumer beside it.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, Func<IServiceProvider, Retention> retention) =>
        services.AddSingleton(retention);
}

using System.Globalization;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Ordering;

/// <summary>
/// Looks at the start, in the service's own topic, which numbers orders have had. A database that was restored from a backup, or made anew, would issue
/// again those since the backup: other services have heard of them, and would take the new orders for the old ones.
/// </summary>
internal sealed partial class NumbersInUse(IEventLog events, IAttempts attempts, TimeProvider clock, ILogger<NumbersInUse> log) : BackgroundService
{
    // The highest number is among the newest events, unless only older orders have moved since, and as many times as this.
    private const int Newest = 1_000;

    // No order comes so far; whatever has such a key is no order.
    private const long Highest = 1_000_000_000_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Backoff Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Orders wait for the look, but not long: they are taken also while the log is away.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _looked.Task.WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 1; !stoppingToken.IsCancellationRequested; failures++)
        {
            try
            {
                await Look(stoppingToken);
                _looked.TrySetResult();
                return;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotKnown(log, error);
            }

            await Task.Delay(Backoff.After(failures), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(CancellationToken cancellation)
    {
        var records = await events.Newest(Topics.Ordering, Newest, cancellation);
        var highest = records.Select(static record => Number(record.Key)).DefaultIfEmpty(0).Max();
        if (highest > 0)
            await attempts.IssueBeyond(new OrderId(highest), cancellation);
    }

    private static long Number(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Highest ? number : 0;

    [LoggerMessage(LogLevel.Warning, "Which numbers orders have had cannot be read from the log for now, and is tried again.")]
    private static partial void LogNotKnown(ILogger logger, Exception error);
}

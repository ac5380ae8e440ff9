using System.Data.Common;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Customers.RebuildingView;
using FoodDelivery.Platform.Messaging.Leasing;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Customers.View;

/// <summary>
/// Carries on with a rebuild of the view, also with one that a dead process has begun. One process at a time does; should two ever believe that it is theirs,
/// they do the work twice and the result is the same.
/// </summary>
internal sealed partial class Rebuilder(
    RebuildingView rebuilding, IOrderStatuses statuses, RebuildBell bell, IDatabase database, TimeProvider time, ILogger<Rebuilder> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);

    private readonly Lease _lease = new(database, "order-statuses rebuild", LeaseLength, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Continue(stoppingToken);
            await bell.Wait(Round, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Continue(CancellationToken cancellation)
    {
        try
        {
            if (await statuses.CurrentRebuild(cancellation) is null || !await _lease.Hold(cancellation))
                return;
            try
            {
                await WhileHeld(cancellation);
            }
            finally
            {
                await _lease.Release(CancellationToken.None);
            }
        }
        catch (DbException away) when (away.IsTransient && !cancellation.IsCancellationRequested)
        {
            Away(away.Message);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Failed(failure);
        }
    }

    private async Task WhileHeld(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = rebuilding.Continue(either.Token);
        try
        {
            while (!work.IsCompleted && await _lease.Hold(cancellation))
                await Task.WhenAny(work, Task.Delay(LeaseLength / 5, time, cancellation));
        }
        finally
        {
            await either.CancelAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!await work)
            return;

        // What was built is given up where its store has lost a part of it meanwhile; then another has been begun.
        if (await statuses.CurrentRebuild(cancellation) is null)
            Completed();
        else
            bell.Set();
    }

    [LoggerMessage(LogLevel.Information, "The view of order statuses has been rebuilt and serves.")]
    private partial void Completed();

    [LoggerMessage(LogLevel.Warning, "Whether the view is to be rebuilt cannot be told, or the rebuild cannot go on, at the moment: {Reason}")]
    private partial void Away(string reason);

    [LoggerMessage(LogLevel.Error, "The view could not be rebuilt; the one before goes on serving, and the next round tries again.")]
    private partial void Failed(Exception failure);
}

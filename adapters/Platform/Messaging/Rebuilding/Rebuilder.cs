using System.Data.Common;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Rebuilding;

/// <summary>Something that is rebuilt from the log.</summary>
/// <param name="Name">What it is: for the log, and for the lease that lets one process at a time do the work. It must never change.</param>
/// <param name="IsUnderWay">Whether a rebuild has been begun and is not complete; asked every few seconds.</param>
/// <param name="CarryOn">Carries on with it from the beginning of the log; false if there was nothing to do. Its effects must be the same when repeated.</param>
public sealed record Rebuild(string Name, Func<CancellationToken, Task<bool>> IsUnderWay, Func<CancellationToken, Task<bool>> CarryOn);

/// <summary>Set when a rebuild has been begun.</summary>
public sealed class RebuildSignal : Signal;

/// <summary>
/// Carries on with a rebuild, also with one that a dead process has begun. One process at a time does; should two ever believe that it is theirs,
/// they do the work twice and the result is the same.
/// </summary>
internal sealed partial class Rebuilder(Rebuild rebuild, RebuildSignal signal, IDatabase database, TimeProvider clock, ILogger<Rebuilder> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);

    private readonly Lease _lease = new(database, $"{rebuild.Name} rebuild", LeaseLength, clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Continue(stoppingToken);
            await signal.Wait(Round, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Continue(CancellationToken cancellation)
    {
        try
        {
            if (!await rebuild.IsUnderWay(cancellation) || !await _lease.Hold(cancellation))
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
            LogAway(rebuild.Name, away.Message);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(failure, rebuild.Name);
        }
    }

    private async Task WhileHeld(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = rebuild.CarryOn(either.Token);
        try
        {
            while (!work.IsCompleted && await _lease.Hold(cancellation))
                await Task.WhenAny(work, Task.Delay(LeaseLength / 5, clock, cancellation));
        }
        finally
        {
            await either.CancelAsync();
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!await work)
            return;

        // What was built is given up where its store has lost a part of it meanwhile; then another has been begun.
        if (await rebuild.IsUnderWay(cancellation))
        {
            signal.Set();
        }
        else
        {
            LogCompleted(rebuild.Name);
        }
    }

    [LoggerMessage(LogLevel.Information, "Rebuilt from the log, and serving: {What}.")]
    private partial void LogCompleted(string what);

    [LoggerMessage(LogLevel.Warning, "Whether there is anything to rebuild cannot be told, or the rebuild cannot go on, at the moment: {What}: {Reason}")]
    private partial void LogAway(string what, string reason);

    [LoggerMessage(LogLevel.Error, "Could not be rebuilt, so that what was there goes on serving, and the next round tries again: {What}.")]
    private partial void LogFailed(Exception failure, string what);
}

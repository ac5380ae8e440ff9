using FoodDelivery.Platform.Messaging;
using FoodDelivery.Stores.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Stores.Watching;

/// <summary>
/// Follows the end of the changes and tells all readers of this process: woken by this process's commits, looking every now and then
/// for those of other replicas. While nobody reads, it only keeps its place.
/// </summary>
internal sealed partial class TicketChangePoller(TicketChangeTable table, TimeProvider clock, ILogger<TicketChangePoller> log) : BackgroundService
{
    private const int Batch = 500;

    // How far before the end the first look begins: longer than any transaction's head start over its commit.
    private const int LookBack = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PollWhileWaiting = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxGapWait = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<TicketSubscription> _readers = [];
    private readonly Signal _changed = new();
    private TaskCompletionSource _advanced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PositionGaps? _gaps;

    /// <summary>There is a new change. Quick, and never throws.</summary>
    public void Wake() => _changed.Set();

    /// <summary>Tells of the selected changes after the position that the subscription names; nothing committed before the call comes after it.</summary>
    public async Task<TicketSubscription> Subscribe(TicketSelection selection, CancellationToken cancellation)
    {
        var end = await table.End(cancellation);
        while (true)
        {
            Task advanced;
            lock (_gate)
            {
                if (_gaps?.Last >= end)
                {
                    var reader = new TicketSubscription(selection, _gaps.Last, Unsubscribe);
                    _readers.Add(reader);
                    return reader;
                }

                advanced = _advanced.Task;
            }

            await advanced.WaitAsync(cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var gaps = _gaps ?? await Start(stoppingToken);
                if (!await Follow(gaps, stoppingToken))
                    await _changed.Wait(gaps.IsWaiting ? PollWhileWaiting : Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception failure)
            {
                Failed(failure);
                await Task.Delay(PauseAfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<PositionGaps> Start(CancellationToken cancellation)
    {
        var end = await table.End(cancellation);
        lock (_gate)
        {
            _gaps = new PositionGaps(Math.Max(0, end - LookBack), MaxGapWait, clock);
            Advance();
            return _gaps;
        }
    }

    /// <summary>Tells what is new; true if there is more at once.</summary>
    private async Task<bool> Follow(PositionGaps gaps, CancellationToken cancellation)
    {
        IReadOnlyList<TicketChange> changes = [];
        IReadOnlyList<long> positions;
        var isRead = IsRead();
        if (isRead)
        {
            changes = await table.After(gaps.Last, Batch, cancellation);
            positions = [.. changes.Select(static change => change.Position)];
        }
        else
        {
            positions = await table.PositionsAfter(gaps.Last, Batch, cancellation);
        }

        lock (_gate)
        {
            // Somebody came while only positions were read: the changes themselves are wanted now.
            if (!isRead && _readers.Count > 0)
                return true;

            var admitted = gaps.Admit(positions);
            for (var index = 0; isRead && index < admitted; index++)
                Tell(changes[index]);

            if (admitted > 0)
                Advance();

            return admitted == Batch;
        }
    }

    private void Advance()
    {
        _advanced.SetResult();
        _advanced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void Tell(TicketChange change) => _readers.RemoveWhere(reader => !reader.Tell(change));

    private bool IsRead()
    {
        lock (_gate)
        {
            return _readers.Count > 0;
        }
    }

    private void Unsubscribe(TicketSubscription reader)
    {
        lock (_gate)
        {
            _readers.Remove(reader);
        }
    }

    [LoggerMessage(LogLevel.Error, "Following the changes of the tickets failed; those who watch them wait.")]
    private partial void Failed(Exception failure);
}

/// <summary>
/// Which positions may be told. A database gives positions out before the transactions that took them commit, so that a later one can be
/// seen before an earlier one; some are never used at all. What is missing is waited for, but not for long.
/// </summary>
internal sealed class PositionGaps(long start, TimeSpan maxWait, TimeProvider clock)
{
    private (long Position, long Since)? _awaited;

    /// <summary>The last that may be told, with all before it.</summary>
    public long Last { get; private set; } = start;

    /// <summary>Whether something is missing before a position that has been seen.</summary>
    public bool IsWaiting => _awaited is not null;

    /// <summary>Takes the positions after <see cref="Last"/> that can be seen, ascending, and says how many of them may be told now.</summary>
    public int Admit(IReadOnlyList<long> seen)
    {
        var passable = _awaited is { } awaited && clock.GetElapsedTime(awaited.Since) >= maxWait ? awaited.Position : Last;
        var admitted = 0;
        while (admitted < seen.Count && (seen[admitted] == Last + 1 || seen[admitted] <= passable))
            Last = seen[admitted++];

        if (admitted == seen.Count)
        {
            _awaited = null;
        }
        else if (_awaited is null || Last >= _awaited.Value.Position)
        {
            _awaited = (seen[^1], clock.GetTimestamp());
        }

        return admitted;
    }
}

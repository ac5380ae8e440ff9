using FoodDelivery.Platform.Messaging;
using FoodDelivery.Stores.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Stores.Watching;

/// <summary>
/// Follows the end of the changes and tells all readers of this process: woken by this process's commits, looking every now and then
/// for those of other replicas. While nobody reads, it only keeps its place.
/// </summary>
internal sealed partial class TicketTail(TicketChangeTable table, TimeProvider clock, ILogger<TicketTail> log) : BackgroundService
{
    private const int Batch = 500;

    // How far before the end the first look begins: longer than any transaction's head start over its commit.
    private const int LookBack = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PollWhileWaiting = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<TicketSubscription> _readers = [];
    private readonly Signal _changed = new();
    private TaskCompletionSource _advanced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SettledPositions? _settled;

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
                if (_settled?.Last >= end)
                {
                    var reader = new TicketSubscription(selection, _settled.Last, Unsubscribe);
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
                var settled = _settled ?? await Start(stoppingToken);
                if (!await Follow(settled, stoppingToken))
                    await _changed.Wait(settled.IsWaiting ? PollWhileWaiting : Poll, stoppingToken);
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

    private async Task<SettledPositions> Start(CancellationToken cancellation)
    {
        var end = await table.End(cancellation);
        lock (_gate)
        {
            _settled = new SettledPositions(Math.Max(0, end - LookBack), Patience, clock);
            Advance();
            return _settled;
        }
    }

    /// <summary>Tells what is new; true if there is more at once.</summary>
    private async Task<bool> Follow(SettledPositions settled, CancellationToken cancellation)
    {
        IReadOnlyList<TicketChange> changes = [];
        IReadOnlyList<long> positions;
        var isRead = IsRead();
        if (isRead)
        {
            changes = await table.After(settled.Last, Batch, cancellation);
            positions = [.. changes.Select(static change => change.Position)];
        }
        else
        {
            positions = await table.PositionsAfter(settled.Last, Batch, cancellation);
        }

        lock (_gate)
        {
            // Somebody came while only positions were read: the changes themselves are wanted now.
            if (!isRead && _readers.Count > 0)
                return true;

            var admitted = settled.Admit(positions);
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

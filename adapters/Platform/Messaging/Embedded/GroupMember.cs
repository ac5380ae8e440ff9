using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Embedded;

/// <summary>
/// One reader of a group. It reads while it is the active member and stands by otherwise. Whoever has lost the lease without noticing can
/// still be handling records, so they may be given twice; but only the active member moves the group on.
/// </summary>
internal sealed partial class GroupMember(Group group, GroupTable groups, EmbeddedLogOptions options, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan StandBy = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Releasing = TimeSpan.FromSeconds(2);
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3));
    private readonly string _name = Guid.NewGuid().ToString();
    private volatile CancellationTokenSource? _active;

    /// <summary>Set when there may be something to read.</summary>
    public Signal Wake { get; } = new();

    public async Task Read(Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken cancellation)
    {
        var failures = 0;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (await groups.TryTake(group, _name, options.Lease, cancellation))
                    await ReadAsActive(handle, () => failures = 0, cancellation);

                await Task.Delay(StandBy, clock, cancellation);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                failures++;
                LogFailed(logger, group.Name, group.Topic, failures, error);
                await Task.Delay(_backoff.After(failures), clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Release();
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Holds the lease on; if it is lost, stops the handling that goes on.</summary>
    public async Task Renew(CancellationToken cancellation)
    {
        if (_active is { } active && !await groups.TryRenew(group, _name, options.Lease, cancellation))
            await active.CancelAsync();
    }

    private async Task ReadAsActive(Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, Action succeeded, CancellationToken cancellation)
    {
        // Not disposed: a renewal may still hold it, and it has no timer and no registration of its own once the loop has ended.
        var active = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _active = active;
        var assignment = new PartitionAssignment(active.Token, hasAll: true);
        try
        {
            while (await groups.Fetch(group, _name, options.BatchSize, active.Token) is { IsActive: true } fetched)
            {
                if (fetched.Records.Count == 0)
                {
                    await Wake.Wait(LongestSleep, active.Token);
                    continue;
                }

                await handle(fetched.Records, assignment);
                // After the handling, never before: a death in between gives the records again. Refused after a rewind: then the beginning is read next.
                await groups.TryAdvance(group, _name, fetched, options.Lease, active.Token);
                succeeded();
            }
        }
        catch (OperationCanceledException) when (active.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            LogLost(logger, group.Name, group.Topic);
        }
        finally
        {
            _active = null;
        }
    }

    private async Task Release()
    {
        using var patience = new CancellationTokenSource(Releasing, clock);
        try
        {
            await groups.Release(group, _name, patience.Token);
        }
        catch (Exception error)
        {
            LogReleaseFailed(logger, group.Name, group.Topic, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Group} of {Topic} has failed {Failures} times in a row and reads the same records again")]
    private static partial void LogFailed(ILogger logger, string group, string topic, int failures, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another member of {Group} reads {Topic} now")]
    private static partial void LogLost(ILogger logger, string group, string topic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Group} of {Topic} could not be released; its lease runs out by itself")]
    private static partial void LogReleaseFailed(ILogger logger, string group, string topic, Exception error);
}

/// <summary>The readers of this process: wakes them, and holds their leases on while their handlers work.</summary>
internal sealed partial class GroupMembers(GroupTable groups, EmbeddedLogOptions options, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<GroupMember, string> _members = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private Task? _renewing;

    public void Join(GroupMember member, string topic)
    {
        _members.TryAdd(member, topic);
        lock (_gate)
        {
            _renewing ??= WakeAndRenew(_ending.Token);
        }
    }

    public void Leave(GroupMember member) => _members.TryRemove(member, out _);

    public void Wake(string topic)
    {
        foreach (var (member, of) in _members)
        {
            if (string.Equals(of, topic, StringComparison.Ordinal))
                member.Wake.Set();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await (_renewing ?? Task.CompletedTask);
        _ending.Dispose();
    }

    private async Task WakeAndRenew(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.Poll, clock);
        var end = 0L;
        var renewed = clock.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellation);
                end = await WakeAllBeyond(end, cancellation);
                if (clock.GetElapsedTime(renewed) >= options.Lease / 3)
                {
                    renewed = clock.GetTimestamp();
                    await Task.WhenAll(_members.Keys.Select(member => member.Renew(cancellation)));
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogFailed(logger, error);
            }
        }
    }

    private async Task<long> WakeAllBeyond(long known, CancellationToken cancellation)
    {
        var end = await groups.End(cancellation);
        if (end > known)
        {
            foreach (var member in _members.Keys)
                member.Wake.Set();
        }

        return end;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log could not be looked at")]
    private static partial void LogFailed(ILogger logger, Exception error);
}

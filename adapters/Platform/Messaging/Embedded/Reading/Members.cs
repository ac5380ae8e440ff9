using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Embedded.Reading;

/// <summary>The readers of this process: wakes them, and holds their leases on while their handlers work.</summary>
internal sealed partial class Members(GroupTable groups, EmbeddedLogOptions options, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Member, string> _members = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private Task? _keeping;

    public void Join(Member member, string topic)
    {
        _members.TryAdd(member, topic);
        lock (_gate)
        {
            _keeping ??= Keep(_ending.Token);
        }
    }

    public void Leave(Member member) => _members.TryRemove(member, out _);

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
        await (_keeping ?? Task.CompletedTask);
        _ending.Dispose();
    }

    private async Task Keep(CancellationToken cancellation)
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

using System.Collections.Concurrent;
using System.Text;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>A member of a group that remembers what it was given.</summary>
public sealed class Reading : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    public Reading(IEventLog log, string topic, string group, Func<IReadOnlyList<string>, CancellationToken, Task>? handle = null) =>
        _reading = log.Consume(
            topic,
            group,
            async (records, assignment) =>
            {
                var texts = records.Select(static record => $"{record.Key}:{Encoding.UTF8.GetString(record.Value.Span)}").ToList();
                if (handle is not null)
                    await handle(texts, assignment.Ended);

                foreach (var text in texts)
                    Seen.Enqueue(text);
            },
            _stop.Token);

    /// <summary>Every record whose handling completed, as <c>key:value</c>.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    public Task HasSeen(params string[] expected) => Eventually.Holds(() =>
    {
        Assert.Equal(expected, Seen);
        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        if (_reading.IsCompleted)
            return;

        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}

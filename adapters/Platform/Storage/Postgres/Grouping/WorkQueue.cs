using System.Collections.Concurrent;

namespace FoodDelivery.Platform.Storage.Postgres.Grouping;

/// <summary>
/// What waits for the server. A few workers take all that is there whenever they are free, so that groups grow with the load by themselves, and
/// nothing is held up for company.
/// </summary>
/// <param name="group">Executes what is taken together.</param>
/// <param name="workers">How many groups are under way at once.</param>
/// <param name="limit">How much work is taken together at the most.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkQueue(Group group, int workers, int limit, TimeProvider time)
{
    // A worker that waits for somebody's lock must not keep the queue waiting.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<Work> _waiting = new();
    private int _busy;

    /// <summary>Waits for its turn and its result.</summary>
    public async Task<T> Submit<T>(Work<T> work, CancellationToken cancellation)
    {
        await using var registration = cancellation.UnsafeRegister(static (work, token) => ((Work)work!).TryCancel(token), work);
        _waiting.Enqueue(work);
        Serve();
        return await work.Completion;
    }

    private void Serve()
    {
        while (!_waiting.IsEmpty)
        {
            if (Interlocked.Increment(ref _busy) > workers)
            {
                // Whoever is leaving may not have seen what has just come, but looks again after it has left.
                if (Interlocked.Decrement(ref _busy) >= workers)
                    return;
            }
            else
            {
                _ = Work();
            }
        }
    }

    private async Task Work()
    {
        try
        {
            while (Take() is { Count: > 0 } works)
            {
                var written = group.Execute(works);
                if (!written.IsCompleted && await Task.WhenAny(written, Task.Delay(Slow, time)) != written)
                    return;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
            Serve();
        }
    }

    private List<Work> Take()
    {
        var works = new List<Work>();
        while (works.Count < limit && _waiting.TryDequeue(out var work))
        {
            if (work.TryStart())
                works.Add(work);
        }

        return works;
    }
}

using System.Collections.Concurrent;
using FoodDelivery.Platform.Postgres.Writing;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Postgres.Grouping;

/// <summary>
/// What waits to be written. A few writers take all that is there whenever they are free, so that groups grow with the load by themselves, and
/// a single write is not held up for company.
/// </summary>
internal sealed class WriteQueue(Group group, BatchWriter batches, RowWriter rows, PostgresOptions options, TimeProvider time)
{
    // A writer that waits for somebody's lock must not keep the queue waiting.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<Work> _waiting = new();
    private int _busy;

    public Task<WriteResult> Write(Batch batch, Repeating.Attempt attempt, CancellationToken cancellation) =>
        Submit(new BatchWork(batch, batches, attempt, cancellation), cancellation);

    public Task<T?> WriteOne<T>(string sql, object parameters, Repeating.Attempt attempt, CancellationToken cancellation) =>
        Submit(new RowWork<T>(sql, parameters, rows, attempt, cancellation), cancellation);

    private async Task<T> Submit<T>(Work<T> work, CancellationToken cancellation)
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
            if (Interlocked.Increment(ref _busy) > options.Writers)
            {
                // Whoever is leaving may not have seen what has just come, but looks again after it has left.
                if (Interlocked.Decrement(ref _busy) >= options.Writers)
                {
                    return;
                }
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
                {
                    return;
                }
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
        while (works.Count < options.GroupLimit && _waiting.TryDequeue(out var work))
        {
            if (work.TryStart())
            {
                works.Add(work);
            }
        }

        return works;
    }
}

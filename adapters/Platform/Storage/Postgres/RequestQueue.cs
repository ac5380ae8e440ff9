using System.Collections.Concurrent;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

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

/// <summary>
/// Executes what waits at the same time in one transaction and one round trip: one message each way, and one wait for the disk, instead of one for each. Each
/// stands or falls alone nevertheless. If one of them fails, nothing of the group is kept, and each is executed once more in a transaction of its own.
/// </summary>
/// <param name="source">The connections.</param>
/// <param name="locks">Whether any of them may wait for somebody's lock; queries do not.</param>
internal sealed class Group(NpgsqlDataSource source, bool locks)
{
    // Who works alone holds the rows of one aggregate, and can hardly be locked out crosswise. A group can, and must not keep its other members waiting.
    private const string Patience = "select set_config('lock_timeout', '200ms', true)";

    /// <summary>Executes them and tells every caller the result. Does not throw.</summary>
    public async Task Execute(IReadOnlyList<Work> works)
    {
        if (works.Count == 1)
        {
            await works[0].Alone();
            return;
        }

        try
        {
            await Together(works);
        }
        catch (PostgresException)
        {
            // The server's answer is an error, so its transaction is undone.
            await Task.WhenAll(works.Select(static work => work.Alone()));
            return;
        }
        catch (Exception error)
        {
            foreach (var work in works)
                work.Fail(error);

            return;
        }

        foreach (var work in works)
            work.Succeed();
    }

    private async Task Together(IReadOnlyList<Work> works)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (locks)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Patience));

        // Those that read come first, so that it does not matter what the others' statements return.
        List<Work> ordered = [.. works.Where(static work => work.Reads), .. works.Where(static work => !work.Reads)];
        ordered.ForEach(work => work.AddTo(batch));
        ordered.ForEach(static work => work.Begin());
        await using var reader = await batch.ExecuteReaderAsync();
        var stands = !locks;
        foreach (var work in ordered)
        {
            if (work.Reads && !stands)
                await reader.NextResultAsync();

            await work.Take(reader);
            stands = false;
        }

        // Rows come before the commit; only the end of the answer says that all is durable.
        while (await reader.NextResultAsync())
        {
        }
    }
}

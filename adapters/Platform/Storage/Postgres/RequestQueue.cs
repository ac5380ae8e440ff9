using System.Collections.Concurrent;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>
/// What waits for the server. A few workers take all that is there whenever they are free, so that groups grow with the load by themselves, and
/// nothing is held up for company.
/// </summary>
/// <param name="group">Executes what is taken together.</param>
/// <param name="workers">How many groups are under way at once.</param>
/// <param name="limit">How many requests are taken together at the most.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestQueue(RequestGroup group, int workers, int limit, TimeProvider time)
{
    // A worker that waits for somebody's lock must not keep the queue waiting.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<QueuedRequest> _waiting = new();
    private int _busy;

    /// <summary>Waits for its turn and its result.</summary>
    public async Task<T> Submit<T>(QueuedRequest<T> request, CancellationToken cancellation)
    {
        await using var registration = cancellation.UnsafeRegister(static (request, token) => ((QueuedRequest)request!).TryCancel(token), request);
        _waiting.Enqueue(request);
        Serve();
        return await request.Completion;
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
                _ = RunWorker();
            }
        }
    }

    private async Task RunWorker()
    {
        try
        {
            while (Take() is { Count: > 0 } requests)
            {
                var written = group.Execute(requests);
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

    private List<QueuedRequest> Take()
    {
        var requests = new List<QueuedRequest>();
        while (requests.Count < limit && _waiting.TryDequeue(out var request))
        {
            if (request.TryStart())
                requests.Add(request);
        }

        return requests;
    }
}

/// <summary>
/// Executes what waits at the same time in one transaction and one round trip: one message each way, and one wait for the disk, instead of one for each. Each
/// stands or falls alone nevertheless. If one of them fails, nothing of the group is kept, and each is executed once more in a transaction of its own.
/// </summary>
/// <param name="source">The connections.</param>
/// <param name="locks">Whether any of them may wait for somebody's lock; queries do not.</param>
internal sealed class RequestGroup(NpgsqlDataSource source, bool locks)
{
    // A request alone holds the rows of one aggregate, and can hardly be locked out crosswise. A group can, and must not keep its other members waiting.
    private const string Patience = "select set_config('lock_timeout', '200ms', true)";

    /// <summary>Executes them and tells every caller the result. Does not throw.</summary>
    public async Task Execute(IReadOnlyList<QueuedRequest> requests)
    {
        if (requests.Count == 1)
        {
            await requests[0].Alone();
            return;
        }

        try
        {
            await Together(requests);
        }
        catch (PostgresException)
        {
            // The server's answer is an error, so its transaction is undone.
            await Task.WhenAll(requests.Select(static request => request.Alone()));
            return;
        }
        catch (Exception error)
        {
            foreach (var request in requests)
                request.Fail(error);

            return;
        }

        foreach (var request in requests)
            request.Succeed();
    }

    private async Task Together(IReadOnlyList<QueuedRequest> requests)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        if (locks)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Patience));

        // Those that read come first, so that it does not matter what the others' statements return.
        List<QueuedRequest> ordered = [.. requests.Where(static request => request.Reads), .. requests.Where(static request => !request.Reads)];
        ordered.ForEach(request => request.AddTo(batch));
        ordered.ForEach(static request => request.Begin());
        await using var reader = await batch.ExecuteReaderAsync();
        var stands = !locks;
        foreach (var request in ordered)
        {
            if (request.Reads && !stands)
                await reader.NextResultAsync();

            await request.Take(reader);
            stands = false;
        }

        // Rows come before the commit; only the end of the answer says that all is durable.
        while (await reader.NextResultAsync())
        {
        }
    }
}

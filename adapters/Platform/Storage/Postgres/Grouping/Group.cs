using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres.Grouping;

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

using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Messaging.Relaying;

/// <summary>One event that waits in the outbox.</summary>
internal sealed record OutboxRow(long Sequence, string Topic, string Key, byte[] Value);

/// <summary>The relay's side of the outbox.</summary>
internal sealed class OutboxTable(IDatabase database)
{
    public Task<List<OutboxRow>> Oldest(int limit, CancellationToken cancellation) => database.Read(
        async connection => (await connection.QueryAsync<OutboxRow>(
            "select sequence, topic, key, value from outbox order by sequence limit @Limit", new { Limit = limit })).AsList(),
        cancellation);

    public Task<long> Count(CancellationToken cancellation) => database.Read(
        static connection => connection.ExecuteScalarAsync<long>("select count(*) from outbox"), cancellation);

    /// <summary>
    /// Deletes these rows and no other: never "all up to the last", since in a database with several writers a row of a lower number
    /// may become visible later. Neighbours go in one statement.
    /// </summary>
    public Task Delete(IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        var batch = new Batch();
        for (int first = 0, next; first < rows.Count; first = next)
        {
            for (next = first + 1; next < rows.Count && rows[next].Sequence == rows[next - 1].Sequence + 1;)
                next++;

            batch.Add(
                "delete from outbox where sequence between @First and @Last",
                new { First = rows[first].Sequence, Last = rows[next - 1].Sequence });
        }

        return database.Write(batch, cancellation);
    }
}

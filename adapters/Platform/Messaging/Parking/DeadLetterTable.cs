using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Messaging.Parking;

/// <summary>The dead letters' SQL.</summary>
internal sealed class DeadLetterTable(IDatabase database, TimeProvider clock)
{
    private const string Insert =
        """
        insert into dead_letters (consumer, topic, key, event_id, event_type, error, parked_at, value)
        values (@Consumer, @Topic, @Key, @EventId, @EventType, @Error, @ParkedAt, @Value)
        on conflict (consumer, event_id) do nothing
        """;

    // Holds on to the last of the key's letters, which frees the key when it goes: in a database with several writers a replay could otherwise
    // delete it while another is put behind it, unseen by either, where nobody would look for it.
    private const string HoldLast =
        """
        update dead_letters set parked_at = parked_at
        where id = (select max(id) from dead_letters where consumer = @Consumer and key = @Key)
        """;

    // A row is touched if the key is parked, also if this very event is parked already; none if the key is free, or if the event had its
    // effect before: a batch that is given again begins with such, and they must not line up behind those that came after them.
    private const string InsertBehind =
        """
        insert into dead_letters (consumer, topic, key, event_id, event_type, error, parked_at, value)
        select @Consumer, @Topic, @Key, @EventId, @EventType, 'behind ' || first.event_id, @ParkedAt, @Value
        from (select event_id from dead_letters where consumer = @Consumer and key = @Key order by id limit 1) as first
        where not exists (select 1 from inbox where consumer = @Consumer and event_id = @EventId)
        on conflict (consumer, event_id) do update set parked_at = dead_letters.parked_at
        """;

    private const string Columns = "id, consumer, topic, key, event_id, event_type, error, parked_at, value";

    public Task<HashSet<string>> ParkedKeys(string consumer, CancellationToken cancellation) => database.Read(
        async connection => (await connection.QueryAsync<string>(
            "select distinct key from dead_letters where consumer = @Consumer", new { Consumer = consumer })).ToHashSet(StringComparer.Ordinal),
        cancellation);

    public Task Park(ParkedEvent parked, string error, CancellationToken cancellation) =>
        database.Write(new Batch().Add(Insert, Row(parked, error)), cancellation);

    /// <summary>Parks an event behind those of its key; false, and nothing is written, if none is parked any more, or the event was handled before.</summary>
    public async Task<bool> TryParkBehind(ParkedEvent parked, CancellationToken cancellation) =>
        await database.Write(
            new Batch()
                .Require(HoldLast, new { parked.Consumer, parked.Key })
                .Require(InsertBehind, Row(parked, string.Empty)),
            cancellation) == WriteResult.Done;

    public Task<List<DeadLetterRow>> List(int limit, long after, CancellationToken cancellation) => database.Read(
        async connection => (await connection.QueryAsync<DeadLetterRow>(
            $"select {Columns} from dead_letters where id > @After order by id limit @Limit", new { After = after, Limit = limit })).AsList(),
        cancellation);

    public Task<DeadLetterRow?> First(string consumer, string key, CancellationToken cancellation) => database.Read(
        connection => connection.QueryFirstOrDefaultAsync<DeadLetterRow>(
            $"select {Columns} from dead_letters where consumer = @Consumer and key = @Key order by id limit 1", new { Consumer = consumer, Key = key }),
        cancellation);

    public Task<long> Count(string? consumer, string? key, CancellationToken cancellation) => database.Read(
        connection => connection.ExecuteScalarAsync<long>(
            "select count(*) from dead_letters where (@Consumer = '' or consumer = @Consumer) and (@Key = '' or key = @Key)",
            new { Consumer = consumer ?? string.Empty, Key = key ?? string.Empty }),
        cancellation);

    public Task Delete(long id, CancellationToken cancellation) =>
        database.Write(new Batch().Add("delete from dead_letters where id = @Id", new { Id = id }), cancellation);

    public Task Explain(long id, string error, CancellationToken cancellation) =>
        database.Write(new Batch().Add("update dead_letters set error = @Error where id = @Id", new { Id = id, Error = StorableText.Escape(error) }), cancellation);

    private object Row(ParkedEvent parked, string error) => new
    {
        parked.Consumer, parked.Topic, parked.Key, parked.EventId, parked.EventType, parked.Value,
        Error = StorableText.Escape(error), ParkedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}

/// <summary>A row of the table.</summary>
internal sealed record DeadLetterRow(
    long Id, string Consumer, string Topic, string Key, string EventId, string EventType, string Error, long ParkedAt, byte[] Value);

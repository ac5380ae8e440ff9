using System.Security.Cryptography;
using System.Text;
using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Messaging;

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

/// <summary>An event on its way to the dead letters.</summary>
internal sealed record ParkedEvent(string Consumer, string Topic, string Key, string EventId, string EventType, byte[] Value)
{
    /// <param name="consumer">Who could not handle it.</param>
    /// <param name="topic">Where it came from.</param>
    /// <param name="record">The record.</param>
    /// <param name="envelope">What it was read as; null if it cannot be read. Then it has no id; its bytes give it one, the same at every delivery.</param>
    public static ParkedEvent From(string consumer, string topic, LogRecord record, Envelope? envelope) => new(
        consumer,
        topic,
        StorableText.Key(record.Key),
        envelope?.Id ?? "unreadable-" + Convert.ToHexStringLower(SHA256.HashData(record.Value.Span)),
        envelope?.Type ?? "unreadable",
        record.Value.ToArray());
}

/// <summary>
/// Text as every database keeps it: PostgreSQL refuses NUL, surrogates without their pair, and in an index what is longer than a third of a page.
/// </summary>
internal static class StorableText
{
    private const int Longest = 500;

    /// <summary>Whether it can be stored, also in an index, as it is.</summary>
    public static bool Keeps(string text) => text.Length <= Longest && IsClean(text);

    /// <summary>A text for an index: escaped where it must be, and cut where it is too long, so that different ones stay different.</summary>
    public static string Key(string text) => Escape(text) is var escaped && escaped.Length <= Longest
        ? escaped
        : $"{Escape(text[..(Longest / 2)])}…{Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text)))}";

    /// <summary>What cannot be stored as <c>\uXXXX</c>, and the rest as it is.</summary>
    public static string Escape(string text)
    {
        if (IsClean(text))
            return text;

        var escaped = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0' || !Rune.TryGetRuneAt(text, at, out var rune))
                escaped.Append("\\u").Append(((int)text[at]).ToString("x4"));
            else
                escaped.Append(text, at, rune.Utf16SequenceLength);

            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                at++;
        }

        return escaped.ToString();
    }

    private static bool IsClean(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0' || (char.IsSurrogate(text[at]) && !Rune.TryGetRuneAt(text, at, out _)))
                return false;

            if (char.IsHighSurrogate(text[at]))
                at++;
        }

        return true;
    }
}

using Dapper;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>The keys' SQL: what a service has read of the topic of keys, in its own database.</summary>
internal sealed class TextKeyTable(IDatabase database, string topic)
{
    private const int AtOnce = 500;

    private const string Move =
        """
        insert into text_key_positions (topic, position)
        select @Topic, @Next where @From = 0 or exists (select 1 from text_key_positions where topic = @Topic)
        on conflict (topic) do update set position = excluded.position where text_key_positions.position = @From
        """;

    /// <summary>How far the topic has been read.</summary>
    public Task<long> Position(CancellationToken cancellation) => database.Read(
        connection => connection.ExecuteScalarAsync<long>(
            "select coalesce(max(position), 0) from text_key_positions where topic = @Topic", new { Topic = topic }),
        cancellation);

    /// <summary>Keeps what was read, and how far; false, and nothing is written, if another process has come to another place meanwhile.</summary>
    public async Task<bool> Keep(IEnumerable<TextKey> made, IEnumerable<string> forgotten, long from, long next, CancellationToken cancellation)
    {
        var batch = new Batch().Require(Move, new { Topic = topic, From = from, Next = next });
        foreach (var key in made)
        {
            batch.Add(
                "insert into text_keys (id, record_key, secret) values (@Id, @RecordKey, @Secret) on conflict (id) do nothing",
                key);
        }

        foreach (var id in forgotten)
            batch.Erasing().Add("delete from text_keys where id = @Id", new { Id = id });

        return await database.Write(batch, cancellation) == WriteResult.Done;
    }

    public Task<List<TextKey>> OfRecords(IReadOnlyCollection<string> recordKeys, CancellationToken cancellation) => Find("record_key", recordKeys, cancellation);

    public Task<List<TextKey>> WithIds(IReadOnlyCollection<string> ids, CancellationToken cancellation) => Find("id", ids, cancellation);

    /// <summary>The keys behind that id, by their ids, and not too many.</summary>
    public Task<List<TextKey>> After(string id, CancellationToken cancellation) => database.Read(
        async connection => (await connection.QueryAsync<TextKey>(
            $"select id, record_key as RecordKey, secret from text_keys where id > @Id order by id limit {AtOnce}", new { Id = id })).AsList(),
        cancellation);

    private async Task<List<TextKey>> Find(string column, IReadOnlyCollection<string> values, CancellationToken cancellation)
    {
        var found = new List<TextKey>();
        foreach (var some in values.Chunk(AtOnce))
        {
            found.AddRange(await database.Read(
                connection => connection.QueryAsync<TextKey>(new CommandDefinition(
                    $"select id, record_key as RecordKey, secret from text_keys where {column} in {TextList.Names(some.Length)}", TextList.Of(some), cancellationToken: cancellation)),
                cancellation));
        }

        return found;
    }
}

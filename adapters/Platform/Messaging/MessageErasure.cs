using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Dapper;
using FoodDelivery.Platform.Storage;
using FoodDelivery.Protos;
using FoodDelivery.Protos.CloudEvents.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace FoodDelivery.Platform.Messaging;

/// <summary>Forgets what people wrote in the events that a service keeps in its own database.</summary>
public sealed class MessageErasure(IDatabase database, IEventLog log)
{
    /// <summary>
    /// Overwrites it in all events with these keys. The outbox comes first: a row of it that is published meanwhile is found afterwards among those that were.
    /// What a row of the outbox tells is still told, without the texts.
    /// </summary>
    public async Task Erase(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await StoredMessages.Erase(database, "outbox", "sequence", keys, cancellation);
        await StoredMessages.Erase(database, "published", "sequence", keys, cancellation);
        await StoredMessages.Erase(database, "dead_letters", "id", keys, cancellation);
    }

    /// <summary>Overwrites it in the log too: for who publishes such texts of others' keys, which may come to the log after others have erased it. Repeated, it changes nothing.</summary>
    public async Task EraseWithLog(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        await Erase(keys, cancellation);
        await log.Erase(keys, cancellation);
    }
}

/// <summary>A table of events.</summary>
internal static class StoredMessages
{
    private const int KeysAtOnce = 200;
    private const int RowsAtOnce = 500;

    /// <summary>Overwrites what people wrote in the events with these keys. No index has the keys, since it would cost every write: the whole table is read, by a reader.</summary>
    /// <param name="database">Where the table is.</param>
    /// <param name="table">Its name, a constant.</param>
    /// <param name="id">Its primary key, a constant.</param>
    /// <param name="keys">The events' keys.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task Erase(IDatabase database, string table, string id, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        foreach (var some in keys.Chunk(KeysAtOnce))
        {
            IReadOnlyList<Row> rows;
            for (var after = 0L; (rows = await Read(database, table, id, some, after, cancellation)).Count > 0; after = rows[^1].Id)
            {
                var batch = new Batch().Erasing();
                foreach (var row in rows)
                {
                    if (PersonalFields.TryErase(row.Value, out var erased))
                        batch.Add($"update {table} set value = @Value where {id} = @Id", new { Value = erased, row.Id });
                }

                if (batch.Statements.Count > 0)
                    await database.Write(batch, cancellation);
            }
        }
    }

    private static Task<IReadOnlyList<Row>> Read(
        IDatabase database, string table, string id, string[] keys, long after, CancellationToken cancellation) => database.Read<IReadOnlyList<Row>>(
        async connection => (await connection.QueryAsync<Row>(new CommandDefinition(
            $"select {id} as Id, value as Value from {table} where {id} > @After and key in {TextList.Names(keys.Length)} order by {id} limit {RowsAtOnce}",
            TextList.Of(keys, new { After = after }),
            cancellationToken: cancellation))).AsList(),
        cancellation);

    private sealed class Row
    {
        public long Id { get; init; }

        public byte[] Value { get; init; } = [];
    }
}

/// <summary>
/// Texts that a query looks for, each as a parameter of its own: Dapper gives PostgreSQL's client an array in the place of a list, which <c>in</c> does not take. The last
/// one is repeated up to a power of two, so that there are few such statements.
/// </summary>
internal static class TextList
{
    public static string Names(int texts) => $"({string.Join(", ", Enumerable.Range(0, Padded(texts)).Select(static number => $"@Text{number}"))})";

    public static DynamicParameters Of(IReadOnlyList<string> texts, object? others = null)
    {
        var parameters = new DynamicParameters(others);
        for (var number = 0; number < Padded(texts.Count); number++)
            parameters.Add($"Text{number}", texts[Math.Min(number, texts.Count - 1)]);

        return parameters;
    }

    private static int Padded(int texts) => (int)BitOperations.RoundUpToPowerOf2((uint)texts);
}

/// <summary>
/// An event, read for the sake of the fields that hold what people wrote: all its texts, except those whose names say that they are ids or codes.
/// </summary>
internal sealed class PersonalFields
{
    private static readonly TypeRegistry Types = TypeRegistry.FromFiles([.. ProtoFiles.All]);
    private readonly IMessage? _data;

    private PersonalFields(CloudEvent envelope, IMessage? data) => (Envelope, _data) = (envelope, data);

    /// <summary>All of the event but its message.</summary>
    public CloudEvent Envelope { get; }

    /// <summary>Whether somebody wrote something that is still there.</summary>
    public bool HasTexts => Texts().Any(static one => !string.Equals(one.Text, ErasedText.Word, StringComparison.Ordinal));

    /// <summary>Null if it is no event. One of a type that is not known here has no fields.</summary>
    public static PersonalFields? Read(ReadOnlySpan<byte> value)
    {
        try
        {
            var read = CloudEvent.Parser.ParseFrom(value);
            return new PersonalFields(read, read.ProtoData?.Unpack(Types));
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>The event without them; false if there is nothing to overwrite, or it cannot be read.</summary>
    public static bool TryErase(byte[] value, [NotNullWhen(true)] out byte[]? erased)
    {
        erased = null;
        if (Read(value) is not { } read || !read.Replace(static (_, text) => ErasedText.Of(text)))
            return false;

        read.Envelope.Attributes.Remove(Attributes.SealedWith);
        erased = read.ToByteArray();
        return true;
    }

    /// <summary>Puts other texts in the place of these; false if none was changed.</summary>
    public bool Replace(Func<FieldDescriptor, string, string> replace)
    {
        var changed = false;
        foreach (var (field, text) in Texts())
        {
            var other = replace(field, text);
            changed |= !string.Equals(other, text, StringComparison.Ordinal);
            field.Accessor.SetValue(_data, other);
        }

        return changed;
    }

    /// <summary>The event as it now is.</summary>
    public byte[] ToByteArray()
    {
        if (_data is not null)
            Envelope.ProtoData = Any.Pack(_data);

        return Envelope.ToByteArray();
    }

    private IEnumerable<(FieldDescriptor Field, string Text)> Texts()
    {
        foreach (var field in _data?.Descriptor.Fields.InDeclarationOrder() ?? [])
        {
            if (field is { FieldType: FieldType.String, IsRepeated: false }
                && !field.Name.EndsWith("_id", StringComparison.Ordinal)
                && !field.Name.EndsWith("_code", StringComparison.Ordinal)
                && field.Accessor.GetValue(_data) is string { Length: > 0 } text)
            {
                yield return (field, text);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Text;
using FoodDelivery.Platform.Storage;
using Google.Protobuf;

namespace FoodDelivery.Platform.Messaging;

/// <summary>
/// Makes events durable in the transaction that they tell of; the relay publishes them afterwards, in their order, and for ever
/// until the log has them. So no event exists without its change, and no change without its event.
/// </summary>
public sealed class Outbox
{
    private static readonly ConcurrentDictionary<int, string> Inserts = new();
    private readonly EventEncoder _encoder;
    private readonly Signal _wakeRelay;

    internal Outbox(EventEncoder encoder, Signal wakeRelay) => (_encoder, _wakeRelay) = (encoder, wakeRelay);

    /// <summary>Adds the events to the batch, in one statement; nothing if there are none.</summary>
    /// <param name="batch">The change that they tell of.</param>
    /// <param name="cause">What led to the change.</param>
    /// <param name="events">The events, in order.</param>
    public void Enqueue(Batch batch, MessageContext cause, IEnumerable<PublishedEvent> events)
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
        var count = 0;
        foreach (var published in events)
        {
            parameters.Add($"Topic{count}", published.Topic);
            parameters.Add($"Key{count}", published.Key);
            parameters.Add($"Value{count}", _encoder.Encode(published, cause));
            count++;
        }

        if (count > 0)
            batch.Add(Inserts.GetOrAdd(count, Insert), parameters).OnCommitted(_wakeRelay.Set);
    }

    private static string Insert(int rows)
    {
        var sql = new StringBuilder("insert into outbox (topic, key, value) values ");
        for (var row = 0; row < rows; row++)
            sql.Append(row == 0 ? "" : ", ").Append($"(@Topic{row}, @Key{row}, @Value{row})");

        return sql.ToString();
    }
}

/// <summary>An event as a context hands it to its outbox.</summary>
/// <param name="Topic">The context's topic.</param>
/// <param name="Key">The order's number, or whatever else keeps such events in order.</param>
/// <param name="Data">The event's public message.</param>
public sealed record PublishedEvent(string Topic, string Key, IMessage Data);

/// <summary>Where events get their ids from.</summary>
public interface IEventIds
{
    /// <summary>An id that no other event has.</summary>
    string Next();
}

/// <summary>Version 7 UUIDs: unique, and in an index close to those of the same time.</summary>
internal sealed class UuidEventIds(TimeProvider clock) : IEventIds
{
    private const int Timestamp = 13;

    public string Next() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>What is larger than each such id from before that moment, and not larger than any from then on.</summary>
    public static string BeginningAt(DateTimeOffset moment) => Guid.CreateVersion7(moment).ToString()[..Timestamp];
}

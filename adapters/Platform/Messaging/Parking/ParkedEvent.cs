using System.Security.Cryptography;
using FoodDelivery.Platform.Messaging.Envelopes;

namespace FoodDelivery.Platform.Messaging.Parking;

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

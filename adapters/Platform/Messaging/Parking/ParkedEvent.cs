using System.Security.Cryptography;
using FoodDelivery.Platform.Messaging.Envelopes;

namespace FoodDelivery.Platform.Messaging.Parking;

/// <summary>An event on its way to the dead letters.</summary>
internal sealed record ParkedEvent(string Consumer, string Topic, string Key, string EventId, string EventType, byte[] Value)
{
    public static ParkedEvent From(string consumer, string topic, LogRecord record, Envelope envelope) =>
        new(consumer, topic, record.Key, envelope.Id, envelope.Type, record.Value.ToArray());

    /// <summary>What cannot be read has no id; its bytes give it one, the same at every delivery.</summary>
    public static ParkedEvent Unreadable(string consumer, string topic, LogRecord record) => new(
        consumer, topic, record.Key, "unreadable-" + Convert.ToHexStringLower(SHA256.HashData(record.Value.Span)), "unreadable", record.Value.ToArray());
}

using FoodDelivery.Protos.CloudEvents.V1;

namespace FoodDelivery.Platform.Messaging.Envelopes;

/// <summary>Reads a CloudEvent.</summary>
internal static class EventDecoder
{
    /// <exception cref="FormatException">It is none, lacks what ours have, or has a key or an id that not every database can keep.</exception>
    public static Envelope Decode(LogRecord record) => StorableText.Keeps(record.Key)
        ? Decode(record.Value)
        : throw new FormatException("The record's key is longer than any of ours, or has characters that not every database can keep.");

    /// <exception cref="FormatException">It is none, lacks what ours have, or has an id that not every database can keep.</exception>
    public static Envelope Decode(ReadOnlyMemory<byte> value)
    {
        try
        {
            var read = CloudEvent.Parser.ParseFrom(value.Span);
            if (read.Id.Length == 0 || read.Type.Length == 0 || read.DataCase != CloudEvent.DataOneofCase.ProtoData)
                throw new FormatException("The record is not a CloudEvent with an id, a type and a message.");

            if (!StorableText.Keeps(read.Id) || !StorableText.Keeps(read.Type))
                throw new FormatException("The event's id or type is longer than any of ours, or has characters that not every database can keep.");

            return new Envelope(
                read.Id,
                read.Type,
                read.Attributes.GetValueOrDefault(Attributes.Time)?.CeTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch,
                Text(read, Attributes.Correlation) ?? string.Empty,
                Text(read, Attributes.Causation) ?? string.Empty,
                Text(read, Attributes.TraceParent),
                read.ProtoData.Value);
        }
        catch (Exception error) when (error is not FormatException)
        {
            // Whatever is wrong with it, such as a time of the year 10000, it is this record's trouble alone.
            throw new FormatException($"The record is not a CloudEvent: {error.Message}", error);
        }
    }

    private static string? Text(CloudEvent read, string name) =>
        read.Attributes.TryGetValue(name, out var value) && value.HasCeString ? value.CeString : null;
}

using FoodDelivery.Protos.CloudEvents.V1;
using Google.Protobuf;

namespace FoodDelivery.Platform.Messaging.Envelopes;

/// <summary>Reads a CloudEvent.</summary>
internal static class EventDecoder
{
    /// <exception cref="FormatException">It is none, or lacks what ours have.</exception>
    public static Envelope Decode(ReadOnlyMemory<byte> value)
    {
        var read = Parse(value);
        if (read.Id.Length == 0 || read.Type.Length == 0 || read.DataCase != CloudEvent.DataOneofCase.ProtoData)
            throw new FormatException("The record is not a CloudEvent with an id, a type and a message.");

        return new Envelope(
            read.Id,
            read.Type,
            read.Attributes.GetValueOrDefault(Attributes.Time)?.CeTimestamp?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch,
            Text(read, Attributes.Correlation) ?? string.Empty,
            Text(read, Attributes.Causation) ?? string.Empty,
            Text(read, Attributes.TraceParent),
            read.ProtoData.Value);
    }

    private static CloudEvent Parse(ReadOnlyMemory<byte> value)
    {
        try
        {
            return CloudEvent.Parser.ParseFrom(value.Span);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new FormatException($"The record is not a CloudEvent: {error.Message}", error);
        }
    }

    private static string? Text(CloudEvent read, string name) =>
        read.Attributes.TryGetValue(name, out var value) && value.HasCeString ? value.CeString : null;
}

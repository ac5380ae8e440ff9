using System.Diagnostics;
using FoodDelivery.Protos.CloudEvents.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Value = FoodDelivery.Protos.CloudEvents.V1.CloudEvent.Types.CloudEventAttributeValue;

namespace FoodDelivery.Platform.Messaging;

/// <summary>A CloudEvent as a consumer needs it.</summary>
internal sealed record Envelope(
    string Id, string Type, DateTimeOffset Time, string Correlation, string Causation, string? TraceParent, ByteString Data);

/// <summary>Makes a CloudEvent of what a context publishes.</summary>
internal sealed class EventEncoder(string source, IEventIds ids, TimeProvider clock)
{
    public byte[] Encode(PublishedEvent published, MessageContext cause)
    {
        var envelope = new CloudEvent
        {
            Id = ids.Next(),
            Source = source,
            SpecVersion = "1.0",
            Type = published.Data.Descriptor.FullName,
            ProtoData = Any.Pack(published.Data),
            Attributes =
            {
                [Attributes.Time] = new Value { CeTimestamp = clock.GetUtcNow().ToTimestamp() },
                [Attributes.Subject] = new Value { CeString = published.Key },
                [Attributes.Correlation] = new Value { CeString = published.Key },
                [Attributes.Causation] = new Value { CeString = cause.Id },
            },
        };
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent })
            envelope.Attributes[Attributes.TraceParent] = new Value { CeString = traceParent };

        return envelope.ToByteArray();
    }
}

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

            // Whoever read the record has opened it, or could not.
            if (read.Attributes.ContainsKey(Attributes.SealedWith))
                throw new FormatException("The event's texts are sealed, and cannot be opened: they, or the name of their key, are damaged.");

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

/// <summary>The names of our CloudEvents' attributes.</summary>
internal static class Attributes
{
    public const string Time = "time";
    public const string Subject = "subject";
    public const string TraceParent = "traceparent";
    public const string Correlation = "correlationid";
    public const string Causation = "causationid";

    /// <summary>The id of the key that the event's texts are sealed with, in the log; without it they are clear.</summary>
    public const string SealedWith = "sealedwith";
}

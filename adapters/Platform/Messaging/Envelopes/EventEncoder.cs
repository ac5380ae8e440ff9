using System.Diagnostics;
using FoodDelivery.Protos.CloudEvents.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Value = FoodDelivery.Protos.CloudEvents.V1.CloudEvent.Types.CloudEventAttributeValue;

namespace FoodDelivery.Platform.Messaging.Envelopes;

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

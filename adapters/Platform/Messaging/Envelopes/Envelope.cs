using Google.Protobuf;

namespace FoodDelivery.Platform.Messaging.Envelopes;

/// <summary>A CloudEvent as a consumer needs it.</summary>
internal sealed record Envelope(
    string Id, string Type, DateTimeOffset Time, string Correlation, string Causation, string? TraceParent, ByteString Data);

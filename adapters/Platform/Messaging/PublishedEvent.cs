using Google.Protobuf;

namespace FoodDelivery.Platform.Messaging;

/// <summary>An event as a context hands it to its outbox.</summary>
/// <param name="Topic">The context's topic.</param>
/// <param name="Key">The order's number, or whatever else keeps such events in order.</param>
/// <param name="Data">The event's public message.</param>
public sealed record PublishedEvent(string Topic, string Key, IMessage Data);

namespace FoodDelivery.Platform.Messaging.Consuming;

/// <summary>A consumer as it was registered.</summary>
internal sealed record Subscription(string Consumer, string Topic, EventHandlers Handlers);

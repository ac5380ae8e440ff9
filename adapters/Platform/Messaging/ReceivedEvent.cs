
namespace FoodDelivery.Platform.Messaging;

/// <summary>What a handler is told of an event besides its data.</summary>
/// <param name="Id">Unique; the same at every delivery.</param>
/// <param name="Type">The full name of its message.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Correlation">The order it is part of.</param>
/// <param name="Causation">The command or event that led to it.</param>
/// <param name="MessageContext">What a change made by the handler is caused by: hand it to the repository, which keeps the event from being handled twice.</param>
public sealed record ReceivedEvent(string Id, string Type, DateTimeOffset Time, string Correlation, string Causation, MessageContext MessageContext);

using System.Diagnostics;
using FoodDelivery.Platform.Messaging.Envelopes;

namespace FoodDelivery.Platform.Messaging.Consuming;

/// <summary>Makes the handling of an event a part of the trace that led to it.</summary>
internal static class Tracing
{
    private static readonly ActivitySource Source = new("FoodDelivery.Messaging");

    /// <summary>Null if nobody records and the event has no trace. Without a listener the trace's id still goes on into logs and further events.</summary>
    public static Activity? Start(Envelope envelope, string consumer)
    {
        var name = $"handle {envelope.Type}";
        _ = ActivityContext.TryParse(envelope.TraceParent, traceState: null, isRemote: true, out var parent);
        var activity = Source.StartActivity(name, ActivityKind.Consumer, parent);
        if (activity is null && envelope.TraceParent is not null)
            activity = new Activity(name).SetParentId(envelope.TraceParent).Start();

        return activity?
            .SetTag("messaging.consumer.group.name", consumer)
            .SetTag("messaging.message.id", envelope.Id)
            .SetTag("messaging.message.conversation_id", envelope.Correlation);
    }
}

using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Platform.Messaging;

/// <summary>Remembers which events have had their effect, in the transaction of the effect: an event that comes again changes nothing.</summary>
public static class Inbox
{
    /// <summary>
    /// The first statement of an event handler's batch: records the event for its consumer, or makes the batch a
    /// <see cref="WriteResult.Duplicate"/>. Adds nothing for a command.
    /// </summary>
    public static Batch Once(this Batch batch, MessageContext cause) => cause.Consumer is null
        ? batch
        : batch.Require(
            "insert into inbox (consumer, event_id) values (@Consumer, @EventId) on conflict (consumer, event_id) do nothing",
            new { cause.Consumer, EventId = cause.Id },
            WriteResult.Duplicate);
}

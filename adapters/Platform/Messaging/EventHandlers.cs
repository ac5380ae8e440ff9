using FoodDelivery.Platform.Storage;
using Google.Protobuf;

namespace FoodDelivery.Platform.Messaging;

/// <summary>What a consumer does with which events. Types that it does not name pass by.</summary>
public sealed class EventHandlers
{
    private readonly Dictionary<string, Func<IServiceProvider, ByteString, ReceivedEvent, CancellationToken, Task>> _handlers =
        new(StringComparer.Ordinal);

    /// <summary>
    /// Handles events of one type. An exception means that it is tried again; the same event may come again after it was handled, so the
    /// handler's batch begins with <see cref="Inbox.Once"/>, or its effect is the same when repeated late.
    /// </summary>
    public EventHandlers On<T>(Func<IServiceProvider, T, ReceivedEvent, CancellationToken, Task> handle)
        where T : IMessage<T>, new()
    {
        var parser = new MessageParser<T>(static () => new T());
        _handlers.Add(
            new T().Descriptor.FullName,
            (services, data, received, cancellation) => handle(services, parser.ParseFrom(data), received, cancellation));
        return this;
    }

    internal bool Knows(string type) => _handlers.ContainsKey(type);

    internal Task Handle(IServiceProvider services, Envelope envelope, ReceivedEvent received, CancellationToken cancellation) =>
        _handlers[envelope.Type](services, envelope.Data, received, cancellation);
}

/// <summary>What a handler is told of an event besides its data.</summary>
/// <param name="Id">Unique; the same at every delivery.</param>
/// <param name="Type">The full name of its message.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Correlation">The order it is part of.</param>
/// <param name="Causation">The command or event that led to it.</param>
/// <param name="MessageContext">What a change made by the handler is caused by: hand it to the repository, which keeps the event from being handled twice.</param>
public sealed record ReceivedEvent(string Id, string Type, DateTimeOffset Time, string Correlation, string Causation, MessageContext MessageContext);

/// <summary>Remembers which events have had their effect, in the transaction of the effect: an event that comes again changes nothing.</summary>
public static class Inbox
{
    // Ids of another make tell no time.
    private const int UuidLength = 36;
    private const int UuidVersion = 15;

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

    /// <summary>
    /// A consumer's entries, by the time in the events' ids. What comes twice comes within seconds, where a member of its group died, or within
    /// <see cref="MessagingOptions.KeepPublished"/>, where the outbox's rows are published again. Only a group that is begun anew reads the log from
    /// its start; then what is older than the entries is handled again, and must find its effect there: an order's, a ticket's, a payment's state, which go
    /// forward only, rows that are unique to an order and its version. So no table that such an effect is told by is pruned, unless its handler knows what
    /// may be missing. A rebuild has no entries.
    /// </summary>
    internal static Retention Handled(string consumer, MessagingOptions options) => new(
        "inbox",
        "consumer, event_id",
        $"""
        select consumer, event_id from inbox
        where consumer = '{consumer}' and event_id < @BeforeId and length(event_id) = {UuidLength} and substr(event_id, {UuidVersion}, 1) = '7' limit @Limit
        """,
        options.KeepHandled);
}

/// <summary>A consumer as it was registered.</summary>
internal sealed record Subscription(string Consumer, string Topic, EventHandlers Handlers);

using FoodDelivery.Platform.Messaging.Envelopes;
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

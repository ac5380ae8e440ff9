using System.Collections.Concurrent;
using System.Threading.Channels;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.CloudEvents.V1;
using FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Tests.EndToEnd.Sockets;

/// <summary>Tells every open socket's conversation which statuses change, as the log has them.</summary>
internal sealed class StatusFeed(IEventLog log)
{
    private readonly ConcurrentDictionary<ChannelWriter<object>, bool> _listeners = new();

    public void Start(CancellationToken stopping) => _ = log.Consume(Topics.Ordering, "ordering-sockets", Tell, stopping);

    public void Join(ChannelWriter<object> listener) => _listeners.TryAdd(listener, value: true);

    public void Leave(ChannelWriter<object> listener) => _listeners.TryRemove(listener, out _);

    private async Task Tell(IReadOnlyList<LogRecord> records, PartitionAssignment assignment)
    {
        foreach (var record in records)
        {
            var happened = CloudEvent.Parser.ParseFrom(record.Value.Span);
            if (happened.Type == OrderStatusChanged.Descriptor.FullName)
            {
                var change = OrderStatusChanged.Parser.ParseFrom(happened.ProtoData.Value);
                foreach (var listener in _listeners.Keys)
                    await listener.WriteAsync(change, assignment.Ended);
            }
        }
    }
}

using System.Collections.Concurrent;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.CloudEvents.V1;
using Google.Protobuf;

namespace FoodDelivery.Tests.Contract.Ordering;

/// <summary>Reads all that a topic carries, from the beginning.</summary>
internal sealed class LogReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<CloudEvent> _events = new();
    private readonly Task _reading;

    public LogReader(IEventLog log, string topic) => _reading = log.Consume(
        topic,
        $"test-{Guid.NewGuid()}",
        (records, _) =>
        {
            foreach (var record in records)
                _events.Enqueue(CloudEvent.Parser.ParseFrom(record.Value.Span));

            return Task.CompletedTask;
        },
        _stop.Token);

    public IReadOnlyList<T> Read<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(static () => new T());
        return [.. _events.Where(one => one.Type == new T().Descriptor.FullName).Select(one => parser.ParseFrom(one.ProtoData.Value))];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}

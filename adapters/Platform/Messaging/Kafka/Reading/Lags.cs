using Confluent.Kafka;
using FoodDelivery.Platform.Messaging.Kafka.Clients;

namespace FoodDelivery.Platform.Messaging.Kafka.Reading;

/// <summary>Asks the brokers how far groups have come. Each group is asked about by a client of its own, which is no member.</summary>
internal sealed class Lags(ClientFactory clients, TopicCreation topics, DedicatedThread asking, KafkaOptions options)
{
    // Belongs to the asking thread.
    private readonly Dictionary<string, (string Era, IConsumer<string, byte[]> Client)> _clients = new(StringComparer.Ordinal);

    public Task<long> Of(string topic, string group, Era era, CancellationToken cancellation) =>
        asking.Call(() => Count(topic, Client($"{topic}/{group}", era.Group)), cancellation);

    public Task<bool> Close(CancellationToken cancellation) => asking.Call(
        () =>
        {
            foreach (var (_, client) in _clients.Values)
                client.Dispose();

            _clients.Clear();
            return true;
        },
        cancellation);

    private long Count(string topic, IConsumer<string, byte[]> client)
    {
        var partitions = topics.Partitions(topic) ?? throw new IOException($"A partition of {topic} has no leader.");
        var committed = client.Committed(Enumerable.Range(0, partitions).Select(number => new TopicPartition(topic, number)), options.Timeout);
        return committed.Sum(reached =>
        {
            var ends = client.QueryWatermarkOffsets(reached.TopicPartition, options.Timeout);
            return ends.High - Math.Max(ends.Low, reached.Offset.IsSpecial ? ends.Low : reached.Offset);
        });
    }

    private IConsumer<string, byte[]> Client(string key, string group)
    {
        if (_clients.TryGetValue(key, out var known))
        {
            if (string.Equals(known.Era, group, StringComparison.Ordinal))
                return known.Client;

            known.Client.Dispose();
        }

        var client = clients.Reader(group).Build();
        _clients[key] = (group, client);
        return client;
    }
}

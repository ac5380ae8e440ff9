using Confluent.Kafka;
using Confluent.Kafka.Admin;
using FoodDelivery.Platform.Messaging.Kafka.Clients;

namespace FoodDelivery.Platform.Messaging.Kafka.Reading;

/// <summary>Asks the brokers how far groups have come, without being a member of any.</summary>
internal sealed class Lags(IAdminClient admin, TopicCreation topics, DedicatedThread asking, KafkaOptions options)
{
    public async Task<long> Of(string topic, string group, CancellationToken cancellation)
    {
        var count = await asking.Call(() => topics.Partitions(topic), cancellation) ?? throw new IOException($"A partition of {topic} has no leader.");
        var partitions = Enumerable.Range(0, count).Select(number => new TopicPartition(topic, number)).ToList();
        // The ends after the commits: whoever reads meanwhile cannot seem to be beyond the end.
        var committed = await admin.ListConsumerGroupOffsetsAsync(
            [new ConsumerGroupTopicPartitions(group, partitions)], new ListConsumerGroupOffsetsOptions { RequestTimeout = options.Timeout }).WaitAsync(cancellation);
        var ends = await Task.WhenAll(Offsets(partitions, OffsetSpec.Earliest()), Offsets(partitions, OffsetSpec.Latest())).WaitAsync(cancellation);
        var reached = committed[0].Partitions.ToDictionary(static one => one.TopicPartition, static one => one.Offset);
        return partitions.Sum(partition =>
        {
            var (low, high) = (ends[0][partition], ends[1][partition]);
            return high - Math.Max(low, reached.TryGetValue(partition, out var offset) && !offset.IsSpecial ? offset : low);
        });
    }

    private async Task<Dictionary<TopicPartition, long>> Offsets(List<TopicPartition> partitions, OffsetSpec which)
    {
        var wanted = partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = which });
        var found = await admin.ListOffsetsAsync(wanted, new ListOffsetsOptions { RequestTimeout = options.Timeout });
        return found.ResultInfos.ToDictionary(
            static info => info.TopicPartitionOffsetError.TopicPartition, static info => info.TopicPartitionOffsetError.Offset.Value);
    }
}

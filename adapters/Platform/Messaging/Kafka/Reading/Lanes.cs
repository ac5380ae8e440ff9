using Confluent.Kafka;

namespace FoodDelivery.Platform.Messaging.Kafka.Reading;

/// <summary>The partitions that a member has, each with its lane. Used by the member's thread alone.</summary>
internal sealed class Lanes(Func<PartitionLane> open, TimeSpan patience)
{
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(1);
    private readonly Dictionary<TopicPartition, PartitionLane> _lanes = [];

    public void Open(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
            _lanes[partition] = open();
    }

    /// <summary>Hands a record over; one of a partition that has been given up meanwhile will come again, to whoever has it now.</summary>
    public void Add(ConsumeResult<string, byte[]> record)
    {
        if (_lanes.TryGetValue(record.TopicPartition, out var lane))
            lane.Add(record);
    }

    /// <summary>Stops the fetching for lanes that have enough, and starts it again for those that are nearly empty.</summary>
    public void Balance(IConsumer<string, byte[]> consumer)
    {
        foreach (var (partition, lane) in _lanes)
        {
            if (!lane.IsPaused && lane.IsFull)
            {
                consumer.Pause([partition]);
                lane.IsPaused = true;
            }
            else if (lane.IsPaused && lane.IsLow)
            {
                consumer.Resume([partition]);
                lane.IsPaused = false;
            }
        }
    }

    /// <summary>
    /// Ends these lanes with what they are handling, and waits for that, but not for ever: the other members are waiting. The thread is the
    /// member's own, and librdkafka keeps the member alive meanwhile.
    /// </summary>
    public void Release(IEnumerable<TopicPartition> partitions)
    {
        var released = Removed(partitions);
        released.ForEach(static lane => lane.Finish());
        if (!Task.WaitAll([.. released.Select(static lane => lane.Ended)], patience))
        {
            released.ForEach(static lane => lane.Abandon());
            Task.WaitAll([.. released.Select(static lane => lane.Ended)], Stopping);
        }
    }

    /// <summary>Stops these lanes: another member has the partitions already.</summary>
    public void Lose(IEnumerable<TopicPartition> partitions) => Removed(partitions).ForEach(static lane => lane.Abandon());

    /// <summary>Releases whatever is left.</summary>
    public void ReleaseAll() => Release([.. _lanes.Keys]);

    private List<PartitionLane> Removed(IEnumerable<TopicPartition> partitions)
    {
        var removed = new List<PartitionLane>();
        foreach (var partition in partitions)
        {
            if (_lanes.Remove(partition, out var lane))
                removed.Add(lane);
        }

        return removed;
    }
}

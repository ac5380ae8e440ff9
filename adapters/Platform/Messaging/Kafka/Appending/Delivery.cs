using Confluent.Kafka;

namespace FoodDelivery.Platform.Messaging.Kafka.Appending;

/// <summary>The acknowledgements that one append waits for.</summary>
internal sealed class Delivery(int records)
{
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = records;

    /// <summary>Completes with the last acknowledgement, or fails with the first refusal.</summary>
    public Task Completed => _completed.Task;

    public void Report(DeliveryReport<string, byte[]> report)
    {
        if (report.Error.IsError)
        {
            _completed.TrySetException(new KafkaException(report.Error));
        }
        else if (report.Status != PersistenceStatus.Persisted)
        {
            _completed.TrySetException(new IOException($"Kafka did not acknowledge a record of {report.Topic}."));
        }
        else if (Interlocked.Decrement(ref _open) == 0)
        {
            _completed.TrySetResult();
        }
    }
}

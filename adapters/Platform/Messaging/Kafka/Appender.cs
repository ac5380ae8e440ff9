using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>
/// Appends in order. A producer delivers each partition's records in the order that it was given them, so what has arrived of them is always
/// their beginning. When an append fails, or nobody waits for it any more, its producer goes with all that it still holds: nothing that comes
/// later can overtake what the caller will append again.
/// </summary>
internal sealed partial class Appender(ClientFactory clients, KafkaOptions options, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Flushing = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private Held? _held;
    private bool _disposed;

    /// <exception cref="TimeoutException">Not all records were acknowledged in time.</exception>
    /// <exception cref="IOException">Another append failed meanwhile.</exception>
    public Task Append(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellation) =>
        Append(new TopicPartition(topic, Partition.Any), records, cancellation);

    /// <summary>The same, into one partition. A record without a value has those of its key removed where the topic is compacted.</summary>
    public async Task Append(TopicPartition partition, IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        if (records.Count == 0)
            return;

        cancellation.ThrowIfCancellationRequested();
        var held = Current();
        var delivery = new Delivery(records.Count);
        try
        {
            foreach (var record in records)
                held.Producer.Produce(partition, new Message<string, byte[]> { Key = record.Key, Value = record.Value.IsEmpty ? null! : record.Value.ToArray() }, delivery.Report);

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, held.GivenUp);
            await delivery.Completed.WaitAsync(options.Timeout, clock, either.Token);
        }
        catch (Exception error)
        {
            GiveUp(held);
            if (error is OperationCanceledException or ObjectDisposedException && !cancellation.IsCancellationRequested)
                throw new IOException("The connection to Kafka was given up after a failure, and is made again.", error);

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Held? held;
        lock (_gate)
        {
            _disposed = true;
            (held, _held) = (_held, null);
        }

        if (held is not null)
        {
            await DedicatedThread.Run("kafka flush", () => held.Producer.Flush(Flushing)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await held.End();
        }
    }

    private Held Current()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _held ??= new Held(clients.Producer());
        }
    }

    private void GiveUp(Held held)
    {
        lock (_gate)
        {
            if (_held != held)
                return;

            _held = null;
        }

        LogGivenUp(logger);
        _ = held.End();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A producer is given up, with all that it holds")]
    private static partial void LogGivenUp(ILogger logger);

    [SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle, and appends may still look at its token.")]
    private sealed class Held(IProducer<string, byte[]> producer)
    {
        private readonly CancellationTokenSource _givenUp = new();

        public IProducer<string, byte[]> Producer => producer;

        public CancellationToken GivenUp => _givenUp.Token;

        public async Task End()
        {
            await _givenUp.CancelAsync();
            await DedicatedThread.Run("kafka end", producer.Dispose).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

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

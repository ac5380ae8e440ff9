using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>The partitions that a member has, each with its processor. Used by the member's thread alone.</summary>
internal sealed class AssignedPartitions(Func<PartitionProcessor> open, TimeSpan patience)
{
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(1);
    private readonly Dictionary<TopicPartition, PartitionProcessor> _processors = [];

    public void Open(IEnumerable<TopicPartition> partitions)
    {
        foreach (var partition in partitions)
            _processors[partition] = open();
    }

    /// <summary>Hands a record over; one of a partition that has been given up meanwhile will come again, to whoever has it now.</summary>
    public void Add(ConsumeResult<string, byte[]> record)
    {
        if (_processors.TryGetValue(record.TopicPartition, out var processor))
            processor.Add(record);
    }

    /// <summary>Stops the fetching for processors that have enough, and starts it again for those that are nearly empty.</summary>
    public void Balance(IConsumer<string, byte[]> consumer)
    {
        foreach (var (partition, processor) in _processors)
        {
            if (!processor.IsPaused && processor.IsFull)
            {
                consumer.Pause([partition]);
                processor.IsPaused = true;
            }
            else if (processor.IsPaused && processor.IsLow)
            {
                consumer.Resume([partition]);
                processor.IsPaused = false;
            }
        }
    }

    /// <summary>
    /// Ends these processors with what they are handling, and waits for that, but not for ever: the other members are waiting. The thread is the
    /// member's own, and librdkafka keeps the member alive meanwhile.
    /// </summary>
    public void Release(IEnumerable<TopicPartition> partitions)
    {
        var released = Removed(partitions);
        released.ForEach(static processor => processor.Finish());
        if (!Task.WaitAll([.. released.Select(static processor => processor.Ended)], patience))
        {
            released.ForEach(static processor => processor.Abandon());
            Task.WaitAll([.. released.Select(static processor => processor.Ended)], Stopping);
        }
    }

    /// <summary>Stops these processors: another member has the partitions already.</summary>
    public void Lose(IEnumerable<TopicPartition> partitions) => Removed(partitions).ForEach(static processor => processor.Abandon());

    /// <summary>Releases whatever is left.</summary>
    public void ReleaseAll() => Release([.. _processors.Keys]);

    private List<PartitionProcessor> Removed(IEnumerable<TopicPartition> partitions)
    {
        var removed = new List<PartitionProcessor>();
        foreach (var partition in partitions)
        {
            if (_processors.Remove(partition, out var processor))
                removed.Add(processor);
        }

        return removed;
    }
}

/// <summary>
/// Handles one partition's records in order, a batch at a time; a batch that fails is tried again until it succeeds. The offset is stored after
/// the handling, never before.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The sources have no timer; a handler that was left behind may still look at their tokens.")]
internal sealed partial class PartitionProcessor
{
    // A record alone is handled at once. Under load, what comes meanwhile is handled together.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);

    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3));
    private readonly Channel<ConsumeResult<string, byte[]>> _waiting =
        Channel.CreateUnbounded<ConsumeResult<string, byte[]>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _finishing = new();
    private readonly CancellationTokenSource _cancelled;
    private readonly PartitionAssignment _assignment;
    private readonly Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> _handle;
    private readonly Action<TopicPartitionOffset> _store;
    private readonly int _batchSize;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _count;
    private bool _abandoned;

    public PartitionProcessor(
        Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, Action<TopicPartitionOffset> store, int batchSize, TimeProvider clock,
        ILogger logger, CancellationToken cancellation)
    {
        (_handle, _store, _batchSize, _time, _logger) = (handle, store, batchSize, clock, logger);
        _cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _assignment = new PartitionAssignment(_cancelled.Token);
        Ended = Task.Run(Process, CancellationToken.None);
    }

    /// <summary>Completes, and never fails, when nothing is being handled any more.</summary>
    public Task Ended { get; }

    /// <summary>Whether it has more than enough to do.</summary>
    public bool IsFull => Volatile.Read(ref _count) >= 16 * _batchSize;

    /// <summary>Whether it may be given more again; early, since a partition that was paused takes a moment to come again.</summary>
    public bool IsLow => Volatile.Read(ref _count) <= 8 * _batchSize;

    /// <summary>Whether its partition is paused; the reading thread's own note.</summary>
    public bool IsPaused { get; set; }

    public void Add(ConsumeResult<string, byte[]> record)
    {
        Interlocked.Increment(ref _count);
        _waiting.Writer.TryWrite(record);
    }

    /// <summary>Ends it after the batch that is being handled.</summary>
    public void Finish() => _finishing.Cancel();

    /// <summary>Stops what is being handled; its records will be given again, here or to another member.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _abandoned = true;
        }

        _finishing.Cancel();
        _cancelled.Cancel();
    }

    private async Task Process()
    {
        var batch = new List<ConsumeResult<string, byte[]>>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_finishing.Token) && !_finishing.IsCancellationRequested)
            {
                batch.Clear();
                while (batch.Count < _batchSize && _waiting.Reader.TryRead(out var record))
                    batch.Add(record);

                await Handle([.. batch.Select(static record => new LogRecord(record.Message.Key ?? string.Empty, record.Message.Value ?? []))], batch[0]);
                Interlocked.Add(ref _count, -batch.Count);
                Store(new TopicPartitionOffset(batch[^1].TopicPartition, batch[^1].Offset + 1));
                if (batch.Count < _batchSize)
                    await Task.Delay(Linger, _time, _finishing.Token);
            }
        }
        catch (OperationCanceledException) when (_finishing.IsCancellationRequested || _cancelled.IsCancellationRequested)
        {
            // The records in hand have not been handled, and their offset is not stored.
        }
        catch (Exception error)
        {
            LogStoreFailed(_logger, batch[0].Topic, batch[0].Partition.Value, error);
        }
    }

    private async Task Handle(IReadOnlyList<LogRecord> records, ConsumeResult<string, byte[]> first)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                await _handle(records, _assignment);
                return;
            }
            catch (Exception error) when (!_cancelled.IsCancellationRequested)
            {
                LogFailed(_logger, first.Topic, first.Partition.Value, failures, error);
            }

            await Task.Delay(_backoff.After(failures), _time, _finishing.Token);
        }
    }

    private void Store(TopicPartitionOffset next)
    {
        lock (_gate)
        {
            if (!_abandoned)
                _store(next);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Topic}[{Partition}]: handling has failed {Failures} times in a row and is tried again")]
    private static partial void LogFailed(ILogger logger, string topic, int partition, int failures, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Topic}[{Partition}] was lost while it was handled; its records will be given again")]
    private static partial void LogStoreFailed(ILogger logger, string topic, int partition, Exception error);
}

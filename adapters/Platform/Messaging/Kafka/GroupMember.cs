using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>
/// One member of a group, on a thread of its own, which only polls: heartbeats and rebalances go on however long the handling takes. librdkafka
/// commits the stored offsets every second; before a partition goes, it is done here.
/// </summary>
internal sealed partial class GroupMember(ClientFactory clients, KafkaOptions options, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Reads until it shall leave, when it finishes what it has in hand, or until it is cancelled, when it does not.
    /// </summary>
    public async Task Read(
        string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken leave, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leave, cancellation);
        var stop = either.Token;
        var reading = DedicatedThread.Run($"kafka {group}", () => ReadHere(topic, group, handle, stop, cancellation));
        await Task.WhenAny(reading, Task.Delay(Timeout.InfiniteTimeSpan, clock, stop));
        try
        {
            await reading.WaitAsync(options.ReleasePatience + Leaving, clock, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // The brokers do not answer; they will notice by themselves that the member has gone.
            LogLeftBehind(logger, group, topic);
        }
    }

    private void ReadHere(
        string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken stop, CancellationToken cancellation)
    {
        IConsumer<string, byte[]>? consumer = null;
        var assigned = new AssignedPartitions(
            () => new PartitionProcessor(handle, offset => consumer!.StoreOffset(offset), options.BatchSize, clock, logger, cancellation), options.ReleasePatience);
        using (consumer = clients.Reader(group)
            .SetPartitionsAssignedHandler((_, partitions) =>
            {
                LogAssigned(logger, group, topic, partitions.Count);
                assigned.Open(partitions);
            })
            .SetPartitionsRevokedHandler((revoked, partitions) =>
            {
                assigned.Release(partitions.Select(static offset => offset.TopicPartition));
                Commit(revoked, group, topic);
            })
            .SetPartitionsLostHandler((_, partitions) => assigned.Lose(partitions.Select(static offset => offset.TopicPartition)))
            .Build())
        {
            try
            {
                consumer.Subscribe(topic);
                while (!stop.IsCancellationRequested)
                    Poll(consumer, assigned, group, topic);
            }
            finally
            {
                assigned.ReleaseAll();
                consumer.Close();
            }
        }
    }

    private void Poll(IConsumer<string, byte[]> consumer, AssignedPartitions assigned, string group, string topic)
    {
        try
        {
            if (consumer.Consume(Look) is { } record)
                assigned.Add(record);

            assigned.Balance(consumer);
        }
        catch (ConsumeException error) when (!error.Error.IsFatal)
        {
            LogPollFailed(logger, group, topic, error);
        }
    }

    // While the members of a group agree on their partitions, its broker refuses commits; whoever has a partition next shall not begin with what is handled.
    private void Commit(IConsumer<string, byte[]> consumer, string group, string topic)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                consumer.Commit();
                return;
            }
            catch (KafkaException nothing) when (nothing.Error.Code is ErrorCode.Local_NoOffset)
            {
                return;
            }
            catch (KafkaException refused) when (IsForNow(refused) && clock.GetElapsedTime(start) < Settling)
            {
                Task.WaitAll([Task.Delay(Pause, clock)], Settling);
            }
            catch (KafkaException refused)
            {
                LogCommitRefused(logger, group, topic, refused);
                return;
            }
        }
    }

    private static bool IsForNow(KafkaException refused) => refused.Error.Code is ErrorCode.RebalanceInProgress
        || (refused is TopicPartitionOffsetException each && each.Results.Exists(static one => one.Error.Code is ErrorCode.RebalanceInProgress));

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Group} of {Topic} is given {Partitions} partitions")]
    private static partial void LogAssigned(ILogger logger, string group, string topic, int partitions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Group} of {Topic} cannot read for now")]
    private static partial void LogPollFailed(ILogger logger, string group, string topic, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Group} of {Topic} lets partitions go whose last offsets are not committed; some records will be given again")]
    private static partial void LogCommitRefused(ILogger logger, string group, string topic, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Group} of {Topic} could not take its leave of the brokers in time")]
    private static partial void LogLeftBehind(ILogger logger, string group, string topic);
}

namespace FoodDelivery.Platform.Messaging;

/// <summary>A durable, ordered log of events, read by consumer groups: a broker, or the embedded one.</summary>
public interface IEventLog
{
    /// <summary>Appends records in their order; they are durable when the task completes. A repeated call may append them twice.</summary>
    Task Append(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellation);

    /// <summary>
    /// Reads a topic as a member of a group until cancelled. Records of one key come in their order; a batch is given again, to this
    /// member or another, unless <paramref name="handle"/> completed for it. Batches that share no key may be given at the same time. A group that
    /// reads for the first time starts at the beginning. The batches of one assignment come one after another.
    /// </summary>
    Task Consume(string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken cancellation);

    /// <summary>How many records of the topic the group has not finished yet.</summary>
    Task<long> Lag(string topic, string group, CancellationToken cancellation);

    /// <summary>
    /// The newest records of a topic, in no order: so many at most, or so many of each partition where it has several. Of no group, so that nobody's
    /// progress changes.
    /// </summary>
    Task<IReadOnlyList<LogRecord>> Newest(string topic, int count, CancellationToken cancellation);

    /// <summary>Sends the group back to the beginning of the topic: what a rebuild needs.</summary>
    Task Rewind(string topic, string group, CancellationToken cancellation);

    /// <summary>
    /// Overwrites what people wrote in the records with these keys, which stay where they are; false, and nothing is done, where the log's records cannot be changed.
    /// </summary>
    Task<bool> Erase(IReadOnlyCollection<string> keys, CancellationToken cancellation) => Task.FromResult(false);
}

/// <summary>
/// One member's reading of some keys without interruption: for as long as it lasts, nobody else reads them. Before another one begins, another member may
/// have read them.
/// </summary>
/// <param name="ended">Cancelled when what is being handled shall stop: the keys are another member's now, or the process ends.</param>
/// <param name="hasAll">Whether its keys are all that there are, in one order.</param>
public sealed class PartitionAssignment(CancellationToken ended, bool hasAll = false)
{
    /// <summary>Whether its keys are all that there are, in one order: then whatever an event follows has come before it, if it comes at all.</summary>
    public bool HasAll => hasAll;

    /// <summary>Cancelled when what is being handled shall stop: the keys are another member's now, or the process ends.</summary>
    public CancellationToken Ended => ended;
}

/// <summary>One record of the log.</summary>
/// <param name="Key">Keeps order: records of one key are read as they were appended.</param>
/// <param name="Value">A CloudEvent in its Protobuf format.</param>
public sealed record LogRecord(string Key, ReadOnlyMemory<byte> Value);

/// <summary>One topic per context, without expiry: a rebuild reads from the start.</summary>
public static class Topics
{
    /// <summary>What Ordering publishes.</summary>
    public const string Ordering = "fooddelivery.ordering.v1";

    /// <summary>What Payment publishes.</summary>
    public const string Payment = "fooddelivery.payment.v1";

    /// <summary>What Store publishes.</summary>
    public const string Store = "fooddelivery.store.v1";
}

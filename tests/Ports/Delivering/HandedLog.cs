using FoodDelivery.Platform.Messaging;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>A log whose reader is given what a test hands over, in the assignment that the test says.</summary>
internal sealed class HandedLog(IEventLog log) : IEventLog
{
    private readonly TaskCompletionSource<Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task>> _reader = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task Hand(LogRecord record, PartitionAssignment assignment) => await (await _reader.Task)([record], assignment);

    /// <summary>The first records of a topic.</summary>
    public async Task<IReadOnlyList<LogRecord>> First(string topic, int count)
    {
        var found = new List<LogRecord>();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var reading = log.Consume(
            topic,
            "first",
            async (records, _) =>
            {
                found.AddRange(records);
                if (found.Count >= count)
                    await enough.CancelAsync();
            },
            enough.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        return found;
    }

    public Task Append(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellation) => log.Append(topic, records, cancellation);

    public Task Consume(string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken cancellation)
    {
        _reader.TrySetResult(handle);
        return Task.Delay(Timeout.Infinite, cancellation);
    }

    public Task<long> Lag(string topic, string group, CancellationToken cancellation) => log.Lag(topic, group, cancellation);

    public Task<IReadOnlyList<LogRecord>> Newest(string topic, int count, CancellationToken cancellation) => log.Newest(topic, count, cancellation);

    public Task Rewind(string topic, string group, CancellationToken cancellation) => log.Rewind(topic, group, cancellation);
}

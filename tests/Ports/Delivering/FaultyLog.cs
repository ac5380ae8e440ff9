using FoodDelivery.Platform.Messaging;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>A log whose process can die around an append, and around moving a group on.</summary>
internal sealed class FaultyLog(IEventLog log, Faults faults) : IEventLog
{
    public async Task Append(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        await faults.Reach(Step.BeforeAppend).WaitAsync(cancellation);
        await log.Append(topic, records, cancellation);
        await faults.Reach(Step.AfterAppend).WaitAsync(cancellation);
    }

    public Task Consume(string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken cancellation)
    {
        var first = true;
        return log.Consume(
            topic,
            group,
            async (records, assignment) =>
            {
                if (!first)
                    await faults.Reach(Step.AfterAdvance).WaitAsync(assignment.Ended);

                first = false;
                await handle(records, assignment);
                await faults.Reach(Step.BeforeAdvance).WaitAsync(assignment.Ended);
            },
            cancellation);
    }

    public Task<long> Lag(string topic, string group, CancellationToken cancellation) => log.Lag(topic, group, cancellation);

    public Task<IReadOnlyList<LogRecord>> Newest(string topic, int count, CancellationToken cancellation) => log.Newest(topic, count, cancellation);

    public Task Rewind(string topic, string group, CancellationToken cancellation) => log.Rewind(topic, group, cancellation);
}

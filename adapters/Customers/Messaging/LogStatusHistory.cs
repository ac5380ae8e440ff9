using FoodDelivery.Customers.FollowingOrders;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.CloudEvents.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers.Messaging;

/// <summary>
/// The history that Ordering's topic is, read by a group of its own: the group that follows the orders goes on where it is, so that the
/// view that serves stays fresh meanwhile.
/// </summary>
internal sealed partial class LogStatusHistory(IEventLog events, TimeProvider time, ILogger<LogStatusHistory> log) : IStatusHistory
{
    private const string Group = "customer-view-rebuild";

    // Reads nothing ever, so that what it has not read yet is the whole topic.
    private const string Nobody = "customer-view-nobody";
    private const int KeysAtOnce = 16;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public async Task Replay(Func<OrderStatusChanged, CancellationToken, Task> each, CancellationToken cancellation)
    {
        await events.Rewind(Topics.Ordering, Group, cancellation);
        var end = await events.Lag(Topics.Ordering, Nobody, cancellation);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = events.Consume(Topics.Ordering, Group, (records, stop) => Handle(records, each, stop), enough.Token);
        try
        {
            while (!reading.IsCompleted && await Position(cancellation) < end)
                await Task.WhenAny(reading, Task.Delay(Look, time, cancellation));
        }
        finally
        {
            await enough.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellation.ThrowIfCancellationRequested();
        if (reading.IsFaulted)
            await reading;
    }

    /// <summary>How far the group has come. Not how far it still has to go: where orders keep coming, that may never be nothing.</summary>
    private async Task<long> Position(CancellationToken cancellation)
    {
        var length = await events.Lag(Topics.Ordering, Nobody, cancellation);
        return length - await events.Lag(Topics.Ordering, Group, cancellation);
    }

    private Task Handle(IReadOnlyList<LogRecord> records, Func<OrderStatusChanged, CancellationToken, Task> each, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            records.GroupBy(static record => record.Key, StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = KeysAtOnce, CancellationToken = cancellation },
            async (ofOneKey, stop) =>
            {
                foreach (var record in ofOneKey)
                {
                    if (Read(record) is { } changed)
                        await each(changed, stop);
                }
            });

    /// <summary>Null for other events, and for one that cannot be read: the group that follows the orders has parked that one.</summary>
    private OrderStatusChanged? Read(LogRecord record)
    {
        try
        {
            var data = CloudEvent.Parser.ParseFrom(record.Value.Span).ProtoData;
            return data is not null && data.TryUnpack(out Proto.OrderStatusChanged changed) ? changed.ToDomain() : null;
        }
        catch (Exception unreadable) when (unreadable is InvalidProtocolBufferException or ArgumentException)
        {
            Skipped(unreadable, record.Key);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The rebuild skips an event of order {Key} that cannot be read.")]
    private partial void Skipped(Exception unreadable, string key);
}

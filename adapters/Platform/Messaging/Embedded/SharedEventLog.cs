using System.Diagnostics.Metrics;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Messaging.Embedded;

/// <summary>A service's hold on the log that its process shares.</summary>
internal sealed class SharedEventLog(string path, Func<SqliteEventLog> open, IMeterFactory meters) : IEventLog, IHostedLifecycleService, IAsyncDisposable, IDisposable
{
    private readonly SqliteEventLog _log = SharedLogs.Acquire(path, open);
    private int _released;

    public Task Append(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellation) => _log.Append(topic, records, cancellation);

    public Task Consume(string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken cancellation) =>
        _log.Consume(topic, group, handle, cancellation);

    public Task<long> Lag(string topic, string group, CancellationToken cancellation) => _log.Lag(topic, group, cancellation);

    public Task<IReadOnlyList<LogRecord>> Newest(string topic, int count, CancellationToken cancellation) => _log.Newest(topic, count, cancellation);

    public Task Rewind(string topic, string group, CancellationToken cancellation) => _log.Rewind(topic, group, cancellation);

    public Task<bool> Erase(IReadOnlyCollection<string> keys, CancellationToken cancellation) => _log.Erase(keys, cancellation);

    /// <summary>A service that cannot open the log does not start.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        StorageMetrics.Watch(meters, "log", () => _log.Size);
        return _log.Opened.WaitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _released, 1) == 0 ? SharedLogs.Release(path) : ValueTask.CompletedTask;

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}

/// <summary>
/// One open log per file and process, however many services the process hosts: they share its writer's commits instead of waiting
/// for each other's file locks, and wake each other's readers at once.
/// </summary>
internal static class SharedLogs
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Entry> Open = new(StringComparer.Ordinal);

    public static SqliteEventLog Acquire(string path, Func<SqliteEventLog> open)
    {
        lock (Gate)
        {
            if (!Open.TryGetValue(path, out var entry))
                Open.Add(path, entry = new Entry(open()));

            entry.Users++;
            return entry.Log;
        }
    }

    public static ValueTask Release(string path)
    {
        lock (Gate)
        {
            var entry = Open[path];
            if (--entry.Users > 0)
                return ValueTask.CompletedTask;

            Open.Remove(path);
            return entry.Log.DisposeAsync();
        }
    }

    private sealed class Entry(SqliteEventLog log)
    {
        public SqliteEventLog Log { get; } = log;

        public int Users { get; set; }
    }
}

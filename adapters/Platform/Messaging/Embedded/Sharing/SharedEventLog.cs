using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Platform.Messaging.Embedded.Sharing;

/// <summary>A service's hold on the log that its process shares.</summary>
internal sealed class SharedEventLog(string path, Func<SqliteEventLog> open) : IEventLog, IHostedLifecycleService, IAsyncDisposable, IDisposable
{
    private readonly SqliteEventLog _log = SharedLogs.Acquire(path, open);
    private int _released;

    public Task Append(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellation) => _log.Append(topic, records, cancellation);

    public Task Consume(string topic, string group, Func<IReadOnlyList<LogRecord>, PartitionAssignment, Task> handle, CancellationToken cancellation) =>
        _log.Consume(topic, group, handle, cancellation);

    public Task<long> Lag(string topic, string group, CancellationToken cancellation) => _log.Lag(topic, group, cancellation);

    public Task Rewind(string topic, string group, CancellationToken cancellation) => _log.Rewind(topic, group, cancellation);

    /// <summary>A service that cannot open the log does not start.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => _log.Opened.WaitAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _released, 1) == 0 ? SharedLogs.Release(path) : ValueTask.CompletedTask;

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}

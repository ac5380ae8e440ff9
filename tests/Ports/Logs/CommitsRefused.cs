using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Ports.Logs;

/// <summary>
/// Hears from logs that they let partitions go whose last offsets the broker would not take. librdkafka's simulated broker takes none while a group
/// settles, where real ones do, and turns away who agrees after the group's leader; then records are rightly given again. Only then is a test that
/// counts them done anew.
/// </summary>
internal sealed class CommitsRefused : ILogger
{
    private const int Tries = 5;
    private int _count;

    public ILoggerFactory Loggers => new Factory(this);

    public async Task Without(string topic, Func<string, Task> test)
    {
        for (var number = 1; ; number++)
        {
            var before = Volatile.Read(ref _count);
            try
            {
                await test($"{topic}.{number}");
                return;
            }
            catch (Exception) when (number < Tries && Volatile.Read(ref _count) > before)
            {
                // In another topic, so that nothing of this one is in the way.
            }
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (string.Equals(eventId.Name, "LogCommitRefused", StringComparison.Ordinal))
            Interlocked.Increment(ref _count);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private sealed class Factory(CommitsRefused refused) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => refused;

        public void AddProvider(ILoggerProvider provider)
        {
            // Nobody else listens.
        }

        public void Dispose()
        {
            // Nothing is kept.
        }
    }
}

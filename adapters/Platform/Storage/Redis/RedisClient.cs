using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FoodDelivery.Platform.Storage.Redis;

/// <summary>
/// The one connection of a process to Redis. It comes back by itself after an outage. Every call is bounded; one that fails may have been
/// carried out, or may still be.
/// </summary>
public sealed partial class RedisClient : IAsyncDisposable, IDisposable
{
    private const int KeepAliveSeconds = 5;
    private static readonly TimeSpan SignInterval = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly RedisOptions _options;
    private readonly RedisMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private Task<ConnectionMultiplexer>? _connection;
    private bool _closed;

    internal RedisClient(IOptions<RedisOptions> options, RedisMetrics metrics, TimeProvider clock, ILogger<RedisClient> logger) =>
        (_options, _metrics, _time, _logger) = (options.Value, metrics, clock, logger);

    /// <summary>What the names of keys and channels begin with.</summary>
    public string Prefix => _options.Prefix;

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="key">Its <c>KEYS[1]</c>.</param>
    /// <param name="cancellation">Stops the waiting, not the script.</param>
    /// <param name="arguments">Its <c>ARGV</c>.</param>
    /// <exception cref="StorageUnavailableException">Redis refused or did not answer in time; the script may have run.</exception>
    public Task<RedisResult> Run(RedisScript script, string key, CancellationToken cancellation, params RedisValue[] arguments) =>
        Ask(script.Name, connection => connection.GetDatabase().ScriptEvaluateAsync(script.Text, [key], arguments), cancellation);

    /// <summary>Tells all who listen to a channel at the moment, in whichever process.</summary>
    /// <exception cref="StorageUnavailableException">Redis did not answer in time; some may have been told.</exception>
    public Task Publish(string channel, RedisValue message, CancellationToken cancellation) =>
        Ask("publish", connection => connection.GetSubscriber().PublishAsync(Named(channel), message), cancellation);

    /// <summary>
    /// Listens to a channel as long as this process lives. What is said while the connection is away is not heard; the order in which messages are
    /// handled may differ from that in which they were sent. Nobody can say an empty message.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Redis did not answer in time.</exception>
    public async Task Listen(string channel, Action<RedisValue> hear, CancellationToken cancellation)
    {
        var subscription = new ChannelSubscription(Named(channel), hear);
        await Ask("subscribe", connection => subscription.Begin(connection.GetSubscriber()), cancellation);
        _ = WatchSubscription(channel, subscription);
    }

    /// <summary>Whether the server answers.</summary>
    public async Task<bool> Answers(CancellationToken cancellation)
    {
        try
        {
            await Ask("ping", static connection => connection.GetDatabase().PingAsync(), cancellation);
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? open;
        lock (_gate)
        {
            (open, _connection, _closed) = (_connection, null, true);
        }

        await _closing.CancelAsync();
        if (open is null)
            return;

        await ((Task)open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (open.IsCompletedSuccessfully)
            await (await open).CloseAsync(allowCommandsToComplete: false);
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static RedisChannel Named(string channel) => new(channel, RedisChannel.PatternMode.Literal);

    private async Task<T> Ask<T>(string call, Func<ConnectionMultiplexer, Task<T>> ask, CancellationToken cancellation)
    {
        var start = _time.GetTimestamp();
        try
        {
            var connection = await Connection().WaitAsync(_options.Timeout, _time, cancellation);
            var answer = await ask(connection).WaitAsync(_options.Timeout, _time, cancellation);
            _metrics.Answered(call, _time.GetElapsedTime(start));
            return answer;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            _metrics.Failed(call);
            throw new StorageUnavailableException($"Redis does not carry out '{call}'.", error);
        }
    }

    private async Task WatchSubscription(string channel, ChannelSubscription subscription)
    {
        using var timer = new PeriodicTimer(SignInterval, _time);
        var gaveSign = false;
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                try
                {
                    if (!subscription.HasHeard() && gaveSign)
                    {
                        LogDeaf(_logger, channel);
                        await Ask("subscribe", connection => subscription.Resubscribe(connection.GetSubscriber()), _closing.Token);
                    }

                    gaveSign = false;
                    await Ask("publish", connection => subscription.GiveSign(connection.GetSubscriber()), _closing.Token);
                    gaveSign = true;
                }
                catch (StorageUnavailableException)
                {
                    // It is noticed wherever Redis is needed.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private Task<ConnectionMultiplexer> Connection()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _connection is { IsFaulted: false, IsCanceled: false } ? _connection : _connection = Connect();
        }
    }

    private async Task<ConnectionMultiplexer> Connect()
    {
        var settings = ConfigurationOptions.Parse(_options.Configuration);
        settings.AbortOnConnectFail = false;
        settings.ConnectTimeout = (int)_options.ConnectTimeout.TotalMilliseconds;
        settings.KeepAlive = KeepAliveSeconds;
        await Task.Yield();
        var connection = await ConnectionMultiplexer.ConnectAsync(settings);
        connection.ConnectionFailed += (_, failed) =>
        {
            _metrics.Disconnected();
            LogLost(_logger, failed.ConnectionType, failed.FailureType);
        };
        connection.ConnectionRestored += (_, restored) => LogRestored(_logger, restored.ConnectionType);
        return connection;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Type} connection to Redis is lost ({Failure}) and is made again")]
    private static partial void LogLost(ILogger logger, ConnectionType type, ConnectionFailureType failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is heard any more on the channel {Channel} of Redis; it is asked for again")]
    private static partial void LogDeaf(ILogger logger, string channel);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Type} connection to Redis is back")]
    private static partial void LogRestored(ILogger logger, ConnectionType type);
}

/// <summary>A script that the server runs as one step, so that nobody sees it half done.</summary>
/// <param name="Name">What metrics call it.</param>
/// <param name="Text">In Lua. All its keys begin with <c>KEYS[1]</c>, whose hash tag keeps them on one server of a cluster.</param>
public sealed record RedisScript(string Name, string Text);

/// <summary>
/// What this process hears on one channel. An empty message is nothing but a sign that it hears: the client may lose a channel when it connects anew
/// (https://github.com/StackExchange/StackExchange.Redis/issues/1110), and does not notice.
/// </summary>
internal sealed class ChannelSubscription(RedisChannel channel, Action<RedisValue> hear)
{
    private bool _heard;

    /// <summary>Whether anything has been heard since this was last asked.</summary>
    public bool HasHeard() => Interlocked.Exchange(ref _heard, value: false);

    public async Task<bool> Begin(ISubscriber subscriber)
    {
        await subscriber.SubscribeAsync(channel, (_, message) => Hear(message));
        return true;
    }

    public async Task<bool> Resubscribe(ISubscriber subscriber)
    {
        await subscriber.UnsubscribeAsync(channel);
        return await Begin(subscriber);
    }

    public Task<long> GiveSign(ISubscriber subscriber) => subscriber.PublishAsync(channel, RedisValue.EmptyString);

    private void Hear(RedisValue message)
    {
        Volatile.Write(ref _heard, value: true);
        if (!message.IsNullOrEmpty)
            hear(message);
    }
}

using System.Text.Json;
using FoodDelivery.Adapters.Customers.Persistence;
using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Storage.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FoodDelivery.Adapters.Customers.Redis;

/// <summary>
/// The feed between processes: what one publishes all hear, and each tells its own watchers. What is lost while the connection is away, watchers read
/// from the view's store after the feed's silence.
/// </summary>
internal sealed partial class RedisStatusFeed(RedisClient redis, ILogger<RedisStatusFeed> log) : IStatusFeed, IDisposable
{
    private readonly string _channel = $"{redis.Prefix}:order-status-changes";
    private readonly InProcessStatusFeed _here = new();
    private readonly SemaphoreSlim _gate = new(1);
    private bool _listens;

    public Task Publish(OrderId order, StatusChange change, CancellationToken cancellation) => redis.Publish(
        _channel,
        JsonSerializer.Serialize(new ChangeMessage(order.Value, StoredChange.Of(change)), StoredJson.Readable.ChangeMessage),
        cancellation);

    public async Task<IStatusSubscription> Subscribe(OrderId order, CancellationToken cancellation)
    {
        if (!Volatile.Read(ref _listens))
            await Listen(cancellation);
        return await _here.Subscribe(order, cancellation);
    }

    public void Dispose() => _gate.Dispose();

    private async Task Listen(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (!_listens)
                await redis.Listen(_channel, Receive, cancellation);
            Volatile.Write(ref _listens, true);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Receive(RedisValue message)
    {
        try
        {
            var received = JsonSerializer.Deserialize((string?)message ?? "", StoredJson.Readable.ChangeMessage)!;
            _ = _here.Publish(new OrderId(received.Order), received.Change.Change(), CancellationToken.None);
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            Unreadable(unreadable);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A change that Redis brought cannot be read; watchers will find it in the view.")]
    private partial void Unreadable(Exception unreadable);
}

using StackExchange.Redis;

namespace FoodDelivery.Platform.Storage.Redis;

/// <summary>
/// What this process hears on one channel. An empty message is nothing but a sign that it hears: the client may lose a channel when it connects anew
/// (https://github.com/StackExchange/StackExchange.Redis/issues/1110), and does not notice.
/// </summary>
internal sealed class Listening(RedisChannel channel, Action<RedisValue> hear)
{
    private bool _heard;

    /// <summary>Whether anything has been heard since this was last asked.</summary>
    public bool HasHeard() => Interlocked.Exchange(ref _heard, value: false);

    public async Task<bool> Begin(ISubscriber subscriber)
    {
        await subscriber.SubscribeAsync(channel, (_, message) => Hear(message));
        return true;
    }

    public async Task<bool> BeginAgain(ISubscriber subscriber)
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

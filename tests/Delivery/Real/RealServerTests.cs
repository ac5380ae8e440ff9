using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Tests.Support.Redis;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.Delivery.Real;

/// <summary>The servers below the services die, are restarted, refuse, forget and are slow.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Where a fault strikes is no secret, but must be repeatable.")]
public sealed class RealServerTests(RealServers servers, FaultTable table, ITestOutputHelper output) : RealFaultTests(servers, table, output)
{
    private static readonly TimeSpan Refusal = TimeSpan.FromSeconds(10);

    [RealFault(everyRun: true)]
    public Task PostgreSQL_is_restarted() => Strikes("PostgreSQL restarted", static (platform, _) => platform.Restart("postgres-1"));

    [RealFault]
    public Task PostgreSQL_dies() => Strikes("kill -9 of PostgreSQL", static (platform, _) => Kill(platform, "postgres-1"));

    [RealFault]
    public Task PostgreSQL_is_slow() => Strikes("PostgreSQL held up 200 ms of every 300 ms, for 5 s", static async (platform, _) =>
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await platform.Slow("postgres-1", held: TimeSpan.FromMilliseconds(200), free: TimeSpan.FromMilliseconds(100), over.Token);
    });

    [RealFault(everyRun: true)]
    public Task Kafka_refuses() => Strikes("Kafka refuses for 10 s", static (platform, _) =>
        platform.Without("kafka-1", static () => Task.Delay(Refusal)));

    [RealFault]
    public Task Kafka_is_restarted() => Strikes("Kafka restarted", static (platform, _) => platform.Restart("kafka-1"));

    [RealFault]
    public Task Kafka_dies() => Strikes("kill -9 of Kafka", static (platform, _) => Kill(platform, "kafka-1"));

    [RealFault]
    public Task Redis_is_restarted() => Strikes("Redis restarted", static (platform, _) => platform.Restart("redis-1"));

    [RealFault]
    public Task Redis_dies() => Strikes("kill -9 of Redis", static (platform, _) => Kill(platform, "redis-1"));

    [RealFault(everyRun: true)]
    public Task Redis_is_flushed() => Strikes("Redis flushed", static async (platform, _) =>
        Assert.Equal("+OK", await RedisLine.Ask(platform.Addresses("redis-1")[0], "FLUSHALL")));
}

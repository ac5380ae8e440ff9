using System.Diagnostics.Metrics;

namespace FoodDelivery.Platform.Storage.Redis;

/// <summary>The instruments of the meter <c>FoodDelivery.Redis</c>.</summary>
internal sealed class RedisMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _disconnections;

    public RedisMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("FoodDelivery.Redis");
        _duration = meter.CreateHistogram<double>("fooddelivery.redis.duration", "s", "How long Redis took to answer.");
        _failures = meter.CreateCounter<long>("fooddelivery.redis.failures", "{call}", "Calls that Redis refused or did not answer in time.");
        _disconnections = meter.CreateCounter<long>("fooddelivery.redis.disconnections", "{connection}", "Connections that broke.");
    }

    public void Answered(string call, TimeSpan duration) => _duration.Record(duration.TotalSeconds, Tag(call));

    public void Failed(string call) => _failures.Add(1, Tag(call));

    public void Disconnected() => _disconnections.Add(1);

    private static KeyValuePair<string, object?> Tag(string call) => new("call", call);
}

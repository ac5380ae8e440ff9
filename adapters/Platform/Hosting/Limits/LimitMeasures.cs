using System.Diagnostics.Metrics;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>Counts what is refused for being too much, since a flood must not fill the log as well, and tells how much that is now.</summary>
internal sealed class LimitMeasures
{
    private readonly Meter _meter;
    private readonly Counter<long> _refusals;

    public LimitMeasures(IMeterFactory meters)
    {
        _meter = meters.Create("fooddelivery.limits");
        _refusals = _meter.CreateCounter<long>("limits.refusals", description: "Requests refused for being too many.");
    }

    public void Watch(AdaptiveBound bound) =>
        _meter.CreateObservableGauge("fooddelivery.limits.bound", () => bound.Limit, "{request}", "How many requests may be in flight now.");

    public void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));
}

using System.Diagnostics.Metrics;

namespace FoodDelivery.Platform.Hosting.Limits;

/// <summary>Counts what is refused for being too much: a flood must not fill the log as well.</summary>
internal sealed class LimitMeasures
{
    private readonly Counter<long> _refusals;

    public LimitMeasures(IMeterFactory meters)
    {
        _refusals = meters.Create("fooddelivery.limits").CreateCounter<long>("limits.refusals", description: "Requests refused for being too many.");
    }

    public void Refused(string limit) => _refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));
}

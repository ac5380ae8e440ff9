using System.Diagnostics.Metrics;

namespace FoodDelivery.Adapters.Ordering.Persistence;

/// <summary>The instruments of the meter <c>FoodDelivery.Ordering</c>.</summary>
internal sealed class AttemptMetrics
{
    private readonly Counter<long> _abandoned;

    public AttemptMetrics(IMeterFactory meters)
    {
        _abandoned = meters.Create("FoodDelivery.Ordering").CreateCounter<long>(
            "fooddelivery.ordering.abandoned", "{attempt}", "Attempts to order that were open for too long and were given up.");

        // So that the first one is an increase.
        _abandoned.Add(0);
    }

    public void Abandoned() => _abandoned.Add(1);
}

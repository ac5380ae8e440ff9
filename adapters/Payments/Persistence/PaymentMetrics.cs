using System.Diagnostics.Metrics;

namespace FoodDelivery.Adapters.Payments.Persistence;

/// <summary>The instruments of the meter <c>FoodDelivery.Payments</c>.</summary>
internal sealed class PaymentMetrics
{
    private readonly Counter<long> _orphans;

    public PaymentMetrics(IMeterFactory meters)
    {
        _orphans = meters.Create("FoodDelivery.Payments").CreateCounter<long>(
            "fooddelivery.payment.orphans", "{payment}", "Payments whose orders did not come to be, found and refunded.");

        // So that the first one is an increase.
        _orphans.Add(0);
    }

    public void OrphanRefunded() => _orphans.Add(1);
}

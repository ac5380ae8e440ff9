using FoodDelivery.Platform.Messaging;

namespace FoodDelivery.Adapters.Payments.Settling;

/// <summary>Rung when a payment has business with the provider that is due.</summary>
internal sealed class SettlingBell
{
    private readonly Signal _signal = new();

    public void Ring() => _signal.Set();

    public Task Wait(TimeSpan longest, CancellationToken cancellation) => _signal.Wait(longest, cancellation);
}

using FoodDelivery.Adapters.Payments.Provider;
using FoodDelivery.Payments.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Providers;

public sealed class SimulatorTests : ProviderSuite
{
    private readonly Loaded _chance = new();
    private PaymentStand _stand = null!;

    public override async Task DisposeAsync() => await _stand.DisposeAsync();

    private protected override Task<IPaymentProvider> Open()
    {
        _stand = Stand(_chance);
        return Task.FromResult(_stand.Provider);
    }

    private protected override void Suffer(Trouble trouble)
    {
        // Of the calls that fail, one half does so before it has its effect.
        _chance.Next = trouble is Trouble.FailsBefore ? 0.1 : 0.9;
        var dials = _stand.Get<SimulatorDials>();
        var turned = dials.Turn(dials.Current with
        {
            FailureRate = trouble is Trouble.FailsBefore or Trouble.FailsAfter ? 1 : 0,
            Hang = trouble is Trouble.Silent,
        });
        Assert.Null(turned.Error);
    }

    private protected override async Task<ProviderBooks> Books()
    {
        var charge = await _stand.Get<ProviderLedger>().Find(Order, CancellationToken.None);
        return new ProviderBooks(
            charge.State is ChargeState.Approved ? charge.Amount.Won : 0,
            charge.State is ChargeState.Approved or ChargeState.Refunded ? 1 : 0,
            charge.State is ChargeState.Refunded ? 1 : 0);
    }

    private static PaymentStand Stand(Loaded chance) => new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Pay:Provider"] = "Simulator", ["Pay:ProviderTimeoutMs"] = "1500" },
        services => services.AddSingleton<IChance>(chance));

    private sealed class Loaded : IChance
    {
        public double Next { get; set; }

        double IChance.Next() => Next;
    }
}

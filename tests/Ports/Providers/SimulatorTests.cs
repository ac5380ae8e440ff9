using FoodDelivery.Adapters.Payments.Provider.Simulator;
using FoodDelivery.Payments.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.Ports.Providers;

public sealed class SimulatorTests : ProviderSuite
{
    private readonly Loaded _random = new();
    private PaymentStand _stand = null!;

    public override async Task DisposeAsync() => await _stand.DisposeAsync();

    private protected override PaymentStand Running => _stand;

    private protected override Task<IPaymentProvider> Open()
    {
        _stand = Stand(_random);
        return Task.FromResult(_stand.Provider);
    }

    private protected override void Suffer(Trouble trouble)
    {
        // Of the calls that fail, one half does so before it has its effect.
        _random.Next = trouble is Trouble.FailsBefore ? 0.1 : 0.9;
        var control = _stand.Get<SimulatorControl>();
        var changed = control.Change(control.Current with
        {
            FailureRate = trouble is Trouble.FailsBefore or Trouble.FailsAfter ? 1 : 0,
            Hang = trouble is Trouble.Silent,
        });
        Assert.Null(changed.Error);
    }

    private protected override async Task<ProviderBooks> Books()
    {
        var charge = await _stand.Get<SimulatorLedger>().Find(Order, CancellationToken.None);
        return new ProviderBooks(
            charge.State is ChargeState.Approved ? charge.Amount.Won : 0,
            charge.State is ChargeState.Approved or ChargeState.Refunded ? 1 : 0,
            charge.State is ChargeState.Refunded ? 1 : 0);
    }

    private static PaymentStand Stand(Loaded random) => new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Pay:Provider"] = "Simulator", ["Pay:ProviderTimeoutMs"] = "1500" },
        services => services.AddSingleton<IRandomSource>(random));

    private sealed class Loaded : IRandomSource
    {
        public double Next { get; set; }

        double IRandomSource.Next() => Next;
    }
}

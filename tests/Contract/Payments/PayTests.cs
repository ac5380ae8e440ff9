using FoodDelivery.Tests.Support;

namespace FoodDelivery.Tests.Contract.Payments;

/// <summary>Starts a payment service for each test.</summary>
public abstract class PayTests : IAsyncLifetime
{
    private RunningPay? _pay;

    internal DataFolder Data { get; } = new();

    internal RunningPay Pay => _pay!;

    public async Task InitializeAsync() => _pay = await RunningPay.In(Data.Path);

    public async Task DisposeAsync()
    {
        await Pay.DisposeAsync();
        Data.Dispose();
    }

    internal async Task Restart()
    {
        await Pay.DisposeAsync();
        _pay = await RunningPay.In(Data.Path);
    }
}

using FoodDelivery.Adapters.Ordering;
using FoodDelivery.Adapters.Payments;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Tests.Bench;

/// <summary>
/// Writes what an accepted order writes, and does nothing else: the attempt; the payment with its event; the closed attempt and the order with
/// their events. Nothing is served, published or consumed.
/// </summary>
internal sealed class AcceptanceFloor : IAsyncDisposable
{
    private static readonly OrderDetails Details =
        new(new StoreId(2), "bench", [new OrderLine("chicken", 1, new Money(20_000), 1)], "서울시 마포구 1", "");

    private readonly DataFolder _data = new();
    private readonly ServiceProvider _ordering;
    private readonly ServiceProvider _payments;
    private readonly IAttempts _attempts;
    private readonly FoodDelivery.Payments.Ports.IPayments _paid;
    private readonly IPaymentNumbers _numbers;

    public AcceptanceFloor()
    {
        _ordering = Services(static builder => builder.AddOrdering());
        _payments = Services(static builder => builder.AddPayments());
        _attempts = _ordering.GetRequiredService<IAttempts>();
        _paid = _payments.GetRequiredService<FoodDelivery.Payments.Ports.IPayments>();
        _numbers = _payments.GetRequiredService<IPaymentNumbers>();
    }

    public async Task Accept(CancellationToken cancellation)
    {
        var now = TimeProvider.System.GetUtcNow();
        var cause = MessageContext.Command("bench");
        var attempt = await _attempts.Open(new AttemptRequest(null, "bench", Details, now), cancellation);
        var number = await _numbers.Next(cancellation);
        var payment = Payment.Record(number, attempt.Id, new Charge(ChargeState.Approved, Details.Total, ""), now);
        if (!await _paid.Add(payment, cause, cancellation) || !await _attempts.Close(attempt, attempt.Place(number.Value, now), cause, cancellation))
            throw new InvalidOperationException($"Order {attempt.Id} was not accepted.");
    }

    public async ValueTask DisposeAsync()
    {
        await _ordering.DisposeAsync();
        await _payments.DisposeAsync();
        _data.Dispose();
    }

    private ServiceProvider Services(Action<IHostApplicationBuilder> context)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([new("Data:Directory", _data.Path), new("Pay:Addresses", "http://localhost:1")]);
        builder.Services.AddSqlite();
        context(builder);
        return builder.Services.BuildServiceProvider();
    }
}

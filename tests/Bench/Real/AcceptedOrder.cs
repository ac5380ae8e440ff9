using FoodDelivery.Adapters.Ordering;
using FoodDelivery.Adapters.Payments;
using FoodDelivery.Kernel;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>What an accepted order writes, asked of the product's own repositories: three batches, as they stand.</summary>
internal static class AcceptedOrder
{
    /// <summary>The number that the recorded order has; it stands nowhere else in the statements.</summary>
    public const long Number = 7_412_589_630_147;

    private static readonly OrderDetails Details =
        new(new StoreId(2), "", [new OrderLine("chicken", 1, new Money(20_000), 1)], "서울시 마포구 1", "");

    public static async Task<IReadOnlyList<IReadOnlyList<Batch.Statement>>> Record()
    {
        var recorded = new RecordedStatements(Number);
        await using var ordering = Services(static builder => builder.AddOrdering(), recorded);
        await using var payments = Services(static builder => builder.AddPayments(), recorded);
        var (now, cause) = (TimeProvider.System.GetUtcNow(), MessageContext.Command("bench"));

        var attempts = ordering.GetRequiredService<IAttempts>();
        var attempt = await attempts.Open(new AttemptRequest(null, new string('f', 64), Details, now), CancellationToken.None);
        var payment = Payment.Record(new PaymentId(Number), attempt.Id, new Charge(ChargeState.Approved, Details.Total, ""), now);
        await payments.GetRequiredService<FoodDelivery.Payments.Ports.IPayments>().Add(payment, cause, CancellationToken.None);
        await attempts.Close(attempt, attempt.Place(payment.Id.Value, now), cause, CancellationToken.None);
        return recorded.Batches;
    }

    private static ServiceProvider Services(Action<IHostApplicationBuilder> context, RecordedStatements recorded)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection([new("Pay:Addresses", "http://localhost:1")]);
        context(builder);
        return builder.Services.AddSingleton<IDatabase>(recorded).BuildServiceProvider();
    }
}

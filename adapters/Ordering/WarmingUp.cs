using FoodDelivery.Kernel;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Protos.Payment.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>
/// Goes an order's way once before the first customer does: to payment, with a request that is refused for what it asks, and to the database, which is only
/// read. Connections and code that are made on first use are not made within a customer's time-out. If nobody answers, nothing is lost.
/// </summary>
internal static class WarmingUp
{
    private const int Tries = 5;
    private const int Times = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Task Go(IServiceProvider services, CancellationToken cancellation) => Task.WhenAll(
        Reach(services.GetRequiredService<PaymentService.PaymentServiceClient>(), services.GetRequiredService<TimeProvider>(), cancellation),
        Read(services.GetRequiredService<IOrders>(), services.GetRequiredService<IAttempts>(), cancellation));

    private static async Task Reach(PaymentService.PaymentServiceClient client, TimeProvider time, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Tries && !await Reached(client, time, cancellation); attempt++)
        {
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private static async Task<bool> Reached(PaymentService.PaymentServiceClient client, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var deadline = (time.GetUtcNow() + Patience).UtcDateTime;
            await client.ApprovePaymentAsync(new ApprovePaymentRequest { OrderId = 0 }, deadline: deadline, cancellationToken: cancellation);
        }
        catch (RpcException refused) when (!cancellation.IsCancellationRequested)
        {
            return refused.StatusCode is StatusCode.InvalidArgument;
        }

        return true;
    }

    private static Task Read(IOrders orders, IAttempts attempts, CancellationToken cancellation) => Task.WhenAll(Enumerable.Range(0, Times).Select(async _ =>
    {
        await attempts.Find(new OrderId(0), cancellation);
        await orders.List(new OrderSelection(Customer: null, Before: null, Skip: 0, Take: 1), cancellation);
    }));
}

using System.Net.Http.Json;
using FoodDelivery.Ordering;
using FoodDelivery.Ordering.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Protos.Payment.V1;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Ordering;

/// <summary>
/// Goes an order's way before the first customer does, as many at once as may come at first: an order for what nobody cooks, a payment that is refused for what it
/// asks, an attempt closed that there is not. Connections and code that are made on first use are not made within a customer's time-out. If nobody answers,
/// nothing is lost.
/// </summary>
internal static class OrderingWarmUp
{
    private const int Tries = 5;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HttpTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Task Run(IServiceProvider services, CancellationToken cancellation) => Task.WhenAll(
        Order(services, cancellation),
        Pay(Probe(services), cancellation),
        Store(services.GetRequiredService<IOrders>(), services.GetRequiredService<IAttempts>(), services.GetRequiredService<TimeProvider>(), cancellation));

    /// <summary>Asks Payment for nothing, to see whether it takes this service's own token.</summary>
    public static Task TryToken(IServiceProvider services, CancellationToken cancellation) => Probe(services).Ask(cancellation);

    private static PaymentProbe Probe(IServiceProvider services) => new(
        services.GetRequiredService<PaymentService.PaymentServiceClient>(), services.GetRequiredService<WarmUpCalls>(), services.GetRequiredService<TimeProvider>());

    private static async Task Order(IServiceProvider services, CancellationToken cancellation)
    {
        if (OwnAddress.Rest(services) is not { } address)
            return;

        using var client = new HttpClient(services.GetRequiredService<WarmUpCalls>().Handler()) { BaseAddress = address, Timeout = HttpTimeout };
        await WarmUp.Repeat(async () =>
        {
            using var refused = await client.PostAsJsonAsync("orders", new { item = "warming up" }, cancellation);
        });
    }

    private static async Task Pay(PaymentProbe probe, CancellationToken cancellation)
    {
        for (var attempt = 1; await probe.Ask(cancellation) is not (StatusCode.InvalidArgument or StatusCode.OK) and var answer; attempt++)
        {
            // Asking a token's refusal away would only have the other side count it again; readiness says it, and the log.
            if (attempt == Tries || answer is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
                return;

            await Task.Delay(Pause, probe.Clock, cancellation);
        }

        await WarmUp.Repeat(() => probe.Ask(cancellation));
    }

    private static Task Store(IOrders orders, IAttempts attempts, TimeProvider clock, CancellationToken cancellation)
    {
        var (nobodys, now) = (new OrderId(0), clock.GetUtcNow());
        var request = new AttemptRequest(Key: null, "", new OrderDetails(new StoreId(0), "", [], "", ""), now);
        return WarmUp.Repeat(async () =>
        {
            await attempts.Find(nobodys, cancellation);
            await orders.List(new OrderSelection(Customer: null, Before: null, Skip: 0, Take: 1), cancellation);
            var attempt = new OrderAttempt(nobodys, request);
            await attempts.Close(attempt, attempt.Place(0, now), MessageContext.Command("warming up"), cancellation);
        });
    }

    // Asks for a payment of nothing.
    private sealed record PaymentProbe(PaymentService.PaymentServiceClient Client, WarmUpCalls WarmUpCalls, TimeProvider Clock)
    {
        public async Task<StatusCode> Ask(CancellationToken cancellation)
        {
            try
            {
                var deadline = (Clock.GetUtcNow() + CallTimeout).UtcDateTime;
                await Client.ApprovePaymentAsync(new ApprovePaymentRequest { OrderId = 0 }, WarmUpCalls.Headers, deadline, cancellation);
                return StatusCode.OK;
            }
            catch (RpcException refused) when (!cancellation.IsCancellationRequested)
            {
                return refused.StatusCode;
            }
        }
    }
}

using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Hosting.Health;
using FoodDelivery.Protos.Payment.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Payment = FoodDelivery.Payments.Payment;

namespace FoodDelivery.Adapters.Payments;

/// <summary>
/// Goes a payment's way without paying, as many at once as may come at first: calls come in and are refused, the last payment is looked up, asked for at the provider and
/// recorded once more, which its order's number keeps from happening. A Pay that did that with its first customers would be too slow for their time-outs.
/// </summary>
internal static class PaymentsWarmUp
{
    private static readonly OrderId NoOrder = new(0);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static Task Run(IServiceProvider services, CancellationToken cancellation) => Task.WhenAll(Call(services, cancellation), Look(services, cancellation));

    private static async Task Call(IServiceProvider services, CancellationToken cancellation)
    {
        if (OwnAddress.Grpc(services) is not { } address)
            return;

        using var channel = GrpcChannel.ForAddress(
            address, new GrpcChannelOptions { HttpHandler = services.GetRequiredService<WarmUpCalls>().Handler(), DisposeHttpClient = true });
        var client = new PaymentService.PaymentServiceClient(channel);
        await WarmUp.Repeat(async () =>
        {
            try
            {
                var deadline = (services.GetRequiredService<TimeProvider>().GetUtcNow() + Timeout).UtcDateTime;
                await client.ApprovePaymentAsync(new ApprovePaymentRequest { OrderId = NoOrder.Value }, deadline: deadline, cancellationToken: cancellation);
            }
            catch (RpcException) when (!cancellation.IsCancellationRequested)
            {
                // For what it asks, or for who asks.
            }
        });
    }

    private static async Task Look(IServiceProvider services, CancellationToken cancellation)
    {
        var payments = services.GetRequiredService<IPayments>();
        var found = await services.GetRequiredService<IPaymentHistory>().List(null, null, before: null, skip: 0, limit: 1, byOrder: null, cancellation);
        var order = found is [var last, ..] ? last.Order : NoOrder;
        await Task.WhenAll(
            Ask(services.GetRequiredService<IPaymentProvider>(), order, cancellation),
            WarmUp.Repeat(() => payments.OfOrder(order, cancellation)),
            found.Count > 0 ? Record(services, payments, found[0], cancellation) : Miss(services, payments, cancellation));
    }

    private static async Task Record(IServiceProvider services, IPayments payments, Payment last, CancellationToken cancellation)
    {
        var number = await services.GetRequiredService<IPaymentNumbers>().Next(cancellation);
        var repeated = Approved(number, last.Order, last.Amount, services);
        await WarmUp.Repeat(() => payments.Add(repeated, MessageContext.Command("warming up"), cancellation));
    }

    // Where nobody has paid yet nothing can be repeated: a payment is changed that there is not, and the first one is still number 1.
    private static Task Miss(IServiceProvider services, IPayments payments, CancellationToken cancellation)
    {
        var missing = Approved(new PaymentId(0), NoOrder, new Money(1), services);
        return WarmUp.Repeat(async () =>
        {
            try
            {
                await payments.Save(missing, MessageContext.Command("warming up"), cancellation);
            }
            catch (ConcurrencyException)
            {
            }
        });
    }

    private static Payment Approved(PaymentId number, OrderId order, Money amount, IServiceProvider services) =>
        Payment.Record(number, order, new Charge(ChargeState.Approved, amount, ""), services.GetRequiredService<TimeProvider>().GetUtcNow());

    // A provider that hangs is no reason for not being there: the breakers of those who call deal with that.
    private static async Task Ask(IPaymentProvider provider, OrderId order, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(Timeout);
        try
        {
            await provider.Find(order, bound.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}

using FoodDelivery.Kernel;
using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Payments;

/// <summary>
/// Goes a payment's way without paying: calls come in, a number is taken, the last payment is looked up, asked for at the provider and recorded once more, which its
/// order's number keeps from happening. A Pay that did that with its first customers would be too slow for their time-outs.
/// </summary>
internal static class WarmingUp
{
    private const int Times = 20;
    private static readonly OrderId Nobodys = new(0);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static Task Go(IServiceProvider services, CancellationToken cancellation) => Task.WhenAll(Call(services, cancellation), Look(services, cancellation));

    private static async Task Call(IServiceProvider services, CancellationToken cancellation)
    {
        // The last port is the one for gRPC.
        if (services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.LastOrDefault() is not { } address)
        {
            return;
        }

        using var channel = GrpcChannel.ForAddress(Reachable(address));
        var health = new Health.HealthClient(channel);
        for (var time = 0; time < Times; time++)
        {
            await health.CheckAsync(new HealthCheckRequest(), cancellationToken: cancellation);
        }
    }

    private static string Reachable(string address) => address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);

    private static async Task Look(IServiceProvider services, CancellationToken cancellation)
    {
        var payments = services.GetRequiredService<IPayments>();
        var found = await services.GetRequiredService<IPaymentHistory>().List(null, null, before: null, skip: 0, limit: 1, cancellation);
        var order = found is [var last, ..] ? last.Order : Nobodys;
        await Task.WhenAll(
            Ask(services.GetRequiredService<IPaymentProvider>(), order, cancellation),
            Task.WhenAll(Enumerable.Range(0, Times).Select(_ => payments.OfOrder(order, cancellation))),
            found.Count > 0 ? Repeat(services, payments, found[0], cancellation) : Task.CompletedTask);
    }

    // Where nobody has paid yet nothing is written, and the first payment is number 1.
    private static async Task Repeat(IServiceProvider services, IPayments payments, Payment last, CancellationToken cancellation)
    {
        var number = await services.GetRequiredService<IPaymentNumbers>().Next(cancellation);
        var repeated = Payment.Record(number, last.Order, new Charge(ChargeState.Approved, last.Amount, ""), services.GetRequiredService<TimeProvider>().GetUtcNow());
        await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => payments.Add(repeated, Cause.Command("warming up"), cancellation)));
    }

    // A provider that hangs is no reason for not being there: the breakers of those who call deal with that.
    private static async Task Ask(IPaymentProvider provider, OrderId order, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(Patience);
        try
        {
            await provider.Find(order, bound.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}

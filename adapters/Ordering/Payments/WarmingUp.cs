using FoodDelivery.Protos.Payment.V1;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>
/// Goes the way to payment once before the first customer does, with a request that is refused for what it asks: connections and code that
/// are made on first use are not made within a customer's time-out. If nobody answers, nothing is lost.
/// </summary>
internal sealed class WarmingUp(PaymentService.PaymentServiceClient client, TimeProvider time) : BackgroundService
{
    private const int Tries = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 0; attempt < Tries && !await Reached(stoppingToken); attempt++)
        {
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task<bool> Reached(CancellationToken cancellation)
    {
        try
        {
            var deadline = (time.GetUtcNow() + Patience).UtcDateTime;
            await client.ApprovePaymentAsync(new ApprovePaymentRequest { OrderId = 0 }, deadline: deadline, cancellationToken: cancellation);
        }
        catch (RpcException refused)
        {
            return refused.StatusCode is StatusCode.InvalidArgument;
        }

        return true;
    }
}

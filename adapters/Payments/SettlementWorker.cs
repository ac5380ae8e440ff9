using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments;

/// <summary>Finishes refunds as soon as they are decided, and looks now and then for those that were put off or left by a dead process.</summary>
internal sealed partial class SettlementWorker(IPayments payments, SettlePaymentHandler settling, SettlementSignal due, TimeProvider clock, ILogger<SettlementWorker> log)
    : BackgroundService
{
    private const int BatchSize = 64;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await SettleDue(stoppingToken))
                await due.Wait(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // True if there is probably more.
    private async Task<bool> SettleDue(CancellationToken cancellation)
    {
        try
        {
            var orders = await payments.Due(clock.GetUtcNow(), BatchSize, cancellation);
            var settled = await Task.WhenAll(orders.Select(order => Settle(order, cancellation)));
            return orders.Count == BatchSize && settled.All(static done => done);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            NotRead(failure);
            return false;
        }
    }

    private async Task<bool> Settle(OrderId order, CancellationToken cancellation)
    {
        try
        {
            await settling.Handle(new SettlePayment(order), MessageContext.Command($"settle-{order}"), cancellation);
            return true;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            NotSettled(failure, order);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The payments that are due could not be read; the next round tries again.")]
    private partial void NotRead(Exception failure);

    [LoggerMessage(LogLevel.Error, "The payment of order {Order} could not be settled; a later round tries again.")]
    private partial void NotSettled(Exception failure, OrderId order);
}

/// <summary>Set when a payment has business with the provider that is due.</summary>
internal sealed class SettlementSignal : Signal;

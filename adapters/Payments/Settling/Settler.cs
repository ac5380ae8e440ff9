using FoodDelivery.Payments;
using FoodDelivery.Payments.Ports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Adapters.Payments.Settling;

/// <summary>Finishes refunds as soon as they are decided, and looks now and then for those that were put off or left by a dead process.</summary>
internal sealed partial class Settler(IPayments payments, SettlePaymentHandler settling, SettlingBell bell, TimeProvider clock, ILogger<Settler> log)
    : BackgroundService
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await SettleDue(stoppingToken))
                await bell.Wait(Round, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // True if there is probably more.
    private async Task<bool> SettleDue(CancellationToken cancellation)
    {
        try
        {
            var due = await payments.Due(clock.GetUtcNow(), AtOnce, cancellation);
            var settled = await Task.WhenAll(due.Select(order => Settle(order, cancellation)));
            return due.Count == AtOnce && settled.All(static done => done);
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

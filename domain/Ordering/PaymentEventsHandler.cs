using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>Somebody has paid.</summary>
/// <param name="Order">The number it was paid under.</param>
public sealed record PaymentApproved(OrderId Order);

/// <summary>The money is back with the customer.</summary>
/// <param name="Order">The number it was paid under.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record PaymentRefunded(OrderId Order, string Reason);

/// <summary>Ends refunded orders, and sends money back that belongs to no order.</summary>
public sealed class PaymentEventsHandler(IOrders orders, IAttempts attempts, TimeProvider clock)
{
    /// <summary>
    /// A payment under a number that was never issued here is to be refunded. An open attempt is placing's business or the sweeper's; of one that ended long ago
    /// the order alone is left, or nothing to pay for.
    /// </summary>
    public async Task Handle(PaymentApproved happened, MessageContext cause, CancellationToken cancellation)
    {
        if (await attempts.Find(happened.Order, cancellation) is null && await orders.Find(happened.Order, cancellation) is null)
            await attempts.Disown(happened.Order, cause, cancellation);
    }

    /// <summary>A refunded order ends. A refund of what never became an order has nothing to end.</summary>
    public Task Handle(PaymentRefunded happened, MessageContext cause, CancellationToken cancellation) =>
        orders.Change(happened.Order, order => order.Refund(happened.Reason, clock.GetUtcNow().TruncateToMilliseconds()), cause, cancellation);
}

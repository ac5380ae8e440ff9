using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering.CancellingOrder;

/// <summary>The customer wants an order undone.</summary>
/// <param name="Order">Its number.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record CancelOrder(OrderId Order, string Reason);

/// <summary>Takes requests to cancel, also while the store is down; the store decides when the request reaches it.</summary>
public sealed class CancellingOrder(IOrders orders, TimeProvider clock)
{
    /// <summary>Answers with the order, its cancellation asked for; a conflict once it is over.</summary>
    public async Task<Result<Order>> Handle(CancelOrder command, MessageContext cause, CancellationToken cancellation)
    {
        if (FreeText.Validate("reason", command.Reason) is { } flaw)
            return flaw;

        return await Concurrency.RetryOnConflict<Result<Order>>(async () =>
        {
            if (await orders.Find(command.Order, cancellation) is not { } order)
                return Error.NotFound("order", command.Order);

            if (order.RequestCancellation(command.Reason, clock.GetUtcNow().TruncateToMilliseconds()).IsError(out var refusal))
                return refusal with { Order = order.Id };

            await orders.Save(order, cause, cancellation);
            return order;
        });
    }
}

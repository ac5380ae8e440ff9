using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

/// <summary>The customer wants an order undone.</summary>
/// <param name="Order">Its number.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record CancelOrder(OrderId Order, string Reason);

/// <summary>Takes requests to cancel, also while the store is down; the store decides when the request reaches it.</summary>
public sealed class CancelOrderHandler(IOrders orders, TimeProvider clock)
{
    /// <summary>Answers with the order, its cancellation asked for; a conflict once it is over.</summary>
    public async Task<Result<Order>> Handle(CancelOrder command, AccessScope scope, MessageContext cause, CancellationToken cancellation)
    {
        // Whose order it is never changes, so it is looked at before anything else: a stranger hears nothing, not even of its own reason's faults.
        if (!scope.CoversEveryCustomer(command.Order)
            && (await orders.Find(command.Order, cancellation) is not { } known || !scope.CoversCustomer(known.Details.Customer)))
        {
            return Error.NotFound("order", command.Order);
        }

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

/// <summary>Why an order that is over cannot be cancelled.</summary>
internal static class TooLateToCancel
{
    public static Error Because(OrderStatus status) => status switch
    {
        OrderStatus.Delivered => Error.Conflict("ALREADY_DELIVERED", "The order has been delivered already."),
        OrderStatus.PickedUp => Error.Conflict("ALREADY_PICKED_UP", "The order has been picked up already."),
        OrderStatus.Rejected => Error.Conflict("ALREADY_REJECTED", "The store has rejected the order already; the refund follows."),
        OrderStatus.Refunded => Error.Conflict("ALREADY_REFUNDED", "The order has been refunded already."),
        _ => Error.Conflict("ALREADY_CANCELLED", "The order has been cancelled already; the refund follows."),
    };
}

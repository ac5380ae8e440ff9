using FoodDelivery.Ordering;

namespace FoodDelivery.Adapters.Ordering;

/// <summary>The use cases for callers whose reach ends at their own orders; what lies beyond it is not there.</summary>
internal static class OwnOrders
{
    public static async Task<Result<Order>> Get(this GetOrderHandler getting, OrderId id, AccessScope reach, CancellationToken cancellation)
    {
        var found = await getting.Handle(id, cancellation);
        return found.IsError(out _, out var order) || reach.CoversCustomer(order.Details.Customer) ? found : Error.NotFound("order", id);
    }

    /// <summary>The order's customer is whoever places it.</summary>
    public static async Task<Result<Order>> Place(this PlaceOrderHandler placing, PlaceOrder command, AccessScope reach, MessageContext cause, CancellationToken cancellation) =>
        reach.For(command.Customer).IsError(out var refusal, out var customer)
            ? refusal
            : await placing.Handle(command with { Customer = customer }, cause, cancellation);

    /// <summary>Whose order it is never changes, so that it can be looked at before.</summary>
    public static async Task<Result<Order>> Cancel(
        this CancelOrderHandler cancelling, CancelOrder command, GetOrderHandler getting, AccessScope reach, MessageContext cause, CancellationToken cancellation) =>
        reach.Customer is not null && (await getting.Get(command.Order, reach, cancellation)).IsError(out var refusal)
            ? refusal
            : await cancelling.Handle(command, cause, cancellation);
}

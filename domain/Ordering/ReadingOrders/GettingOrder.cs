using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering.ReadingOrders;

/// <summary>Shows one order.</summary>
public sealed class GettingOrder(IOrders orders)
{
    /// <summary>The order, or that there is none with that number.</summary>
    public async Task<Result<Order>> Handle(OrderId id, CancellationToken cancellation) =>
        await orders.Find(id, cancellation) is { } order ? order : Error.NotFound("order", id);
}

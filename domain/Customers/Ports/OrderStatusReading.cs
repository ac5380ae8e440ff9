namespace FoodDelivery.Customers.Ports;

/// <summary>Reading the view for a caller.</summary>
public static class OrderStatusReading
{
    /// <summary>One order, or that there is none.</summary>
    public static async Task<Result<OrderStatusView>> Get(this IOrderStatuses statuses, OrderId order, CancellationToken cancellation)
    {
        if (order.Value <= 0)
            return Error.Invalid("orderId", "An order's number is positive.");
        return await statuses.Find(order, cancellation) is { } view ? view : Error.NotFound("order status", order);
    }
}

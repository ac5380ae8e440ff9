namespace FoodDelivery.Ordering;

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

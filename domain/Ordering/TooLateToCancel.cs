namespace FoodDelivery.Ordering;

/// <summary>Why an order that is over cannot be cancelled.</summary>
internal static class TooLateToCancel
{
    public static Rejection Because(OrderStatus status) => status switch
    {
        OrderStatus.Delivered => Rejection.Conflict("ALREADY_DELIVERED", "The order has been delivered already."),
        OrderStatus.PickedUp => Rejection.Conflict("ALREADY_PICKED_UP", "The order has been picked up already."),
        OrderStatus.Rejected => Rejection.Conflict("ALREADY_REJECTED", "The store has rejected the order already; the refund follows."),
        OrderStatus.Refunded => Rejection.Conflict("ALREADY_REFUNDED", "The order has been refunded already."),
        _ => Rejection.Conflict("ALREADY_CANCELLED", "The order has been cancelled already; the refund follows."),
    };
}

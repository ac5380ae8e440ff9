using FoodDelivery.Ordering;

namespace FoodDelivery.Adapters.Ordering.Rest;

/// <summary>Statuses as REST spells them.</summary>
internal static class StatusWords
{
    /// <summary>What a caller writes into an order's status to ask for its cancellation.</summary>
    public const string CancelRequest = "order_cancel_request";

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.PaySuccess => "pay_success",
        OrderStatus.PayFail => "pay_fail",
        OrderStatus.Received => "order_received",
        OrderStatus.Cooking => "cooking",
        OrderStatus.Cooked => "cooked",
        OrderStatus.Delivering => "delivering",
        OrderStatus.Delivered => "delivered",
        OrderStatus.PickedUp => "picked_up",
        OrderStatus.Rejected => "order_rejected",
        OrderStatus.CancelRequested => "cancel_requested",
        OrderStatus.CancelDeclined => "cancel_declined",
        OrderStatus.Cancelled => "order_cancel",
        OrderStatus.Refunded => "refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };
}

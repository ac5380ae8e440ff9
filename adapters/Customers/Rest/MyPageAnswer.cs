using FoodDelivery.Customers;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>An order's status in the words of a bakery's page: <c>Requested</c>, <c>Confirmed</c> and so on.</summary>
/// <param name="OrderId">The order's number.</param>
/// <param name="Item">The first line's dish.</param>
/// <param name="Qty">The first line's quantity.</param>
/// <param name="Price">The first line's price of one, in won.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Action">What was last done to the payment: <c>apply</c>, or <c>cancel</c> once it is refunded; null if nothing was paid.</param>
/// <param name="BakeryId">The store's number.</param>
/// <param name="PaymentId">The payment's number, where there is one.</param>
internal sealed record MyPageAnswer(
    long OrderId, string? Item, int? Qty, long? Price, string Status, string? Action, long BakeryId, long? PaymentId)
{
    public static MyPageAnswer Of(OrderStatusView view)
    {
        var first = view.Lines.Count > 0 ? view.Lines[0] : null;
        return new(
            view.OrderId.Value,
            first?.Item,
            first?.Quantity,
            first?.UnitPrice.Won,
            Word(view.Status),
            Done(view.Status),
            view.StoreId.Value,
            view.PaymentId == 0 ? null : view.PaymentId);
    }

    private static string Word(OrderStatus status) => status switch
    {
        OrderStatus.PaySuccess => "Requested",
        OrderStatus.PayFail => "PaymentFailed",
        OrderStatus.OrderReceived => "Confirmed",
        OrderStatus.Cooking => "Baking",
        OrderStatus.Cooked => "Baked",
        OrderStatus.Delivering => "Shipped",
        OrderStatus.Delivered => "Delivered",
        OrderStatus.PickedUp => "PickedUp",
        OrderStatus.OrderRejected => "Rejected",
        OrderStatus.CancelRequested => "CancelRequested",
        OrderStatus.CancelDeclined => "CancelDeclined",
        OrderStatus.OrderCancel => "Cancelled",
        OrderStatus.Refunded => "Refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A bakery has no word for this status."),
    };

    private static string? Done(OrderStatus status) => status switch
    {
        OrderStatus.PayFail => null,
        OrderStatus.Refunded => "cancel",
        _ => "apply",
    };
}

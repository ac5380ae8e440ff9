using FoodDelivery.Ordering;

namespace FoodDelivery.Tests.Domain.Ordering;

/// <summary>What may happen to an order, and what one may then see: written down independently of the order itself.</summary>
internal static class OrderModel
{
    private static readonly OrderStatus[] Way =
        [OrderStatus.PaySuccess, OrderStatus.Received, OrderStatus.Cooking, OrderStatus.Cooked, OrderStatus.Delivering, OrderStatus.Delivered, OrderStatus.PickedUp];

    public static readonly IReadOnlyDictionary<string, Action<Order>> Happenings = new Dictionary<string, Action<Order>>(StringComparer.Ordinal)
    {
        ["accept"] = static order => order.Advance(Progress.Received, Given.Noon),
        ["cook"] = static order => order.Advance(Progress.Cooking, Given.Noon),
        ["cooked"] = static order => order.Advance(Progress.Cooked, Given.Noon),
        ["ship"] = static order => order.Advance(Progress.Delivering, Given.Noon),
        ["deliver"] = static order => order.Advance(Progress.Delivered, Given.Noon),
        ["pickup"] = static order => order.Advance(Progress.PickedUp, Given.Noon),
        ["reject"] = static order => order.Reject("busy", Given.Noon),
        ["ask"] = static order => order.RequestCancellation("hurry", Given.Noon),
        ["grant"] = static order => order.Cancel("", Given.Noon),
        ["decline"] = static order => order.DeclineCancellation("too late", Given.Noon),
        ["refund"] = static order => order.Refund("", Given.Noon),
    };

    public static bool IsLegal(OrderStatus from, OrderStatus to) => from switch
    {
        OrderStatus.Refunded => false,
        OrderStatus.Delivered or OrderStatus.PickedUp => to == OrderStatus.Cancelled,
        OrderStatus.Rejected or OrderStatus.Cancelled => to == OrderStatus.Refunded,
        OrderStatus.CancelRequested => to is OrderStatus.CancelDeclined or OrderStatus.Cancelled or OrderStatus.Rejected,
        OrderStatus.CancelDeclined => Way.Contains(to),
        _ => to is OrderStatus.CancelRequested or OrderStatus.Cancelled or OrderStatus.Rejected || Array.IndexOf(Way, to) > Array.IndexOf(Way, from),
    };
}

using FoodDelivery.Ordering;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Ordering.Messaging;

/// <summary>Orders in the words of the public contract.</summary>
internal static class OrderMessages
{
    public static Proto.Order From(Order order) => new()
    {
        OrderId = order.Id.Value,
        StoreId = order.Details.Store.Value,
        CustomerId = order.Details.Customer,
        Lines = { Lines(order.Details) },
        TotalWon = order.Details.Total.Won,
        Address = order.Details.Address,
        MembershipNumber = order.Details.MembershipNumber,
        Status = Status(order.Status),
        StatusVersion = order.Snapshot.StatusVersion,
        Reason = order.Reason,
        PlacedAt = order.Snapshot.PlacedAt.ToTimestamp(),
    };

    public static IEnumerable<Proto.OrderLine> Lines(OrderDetails details) => details.Lines.Select(static line => new Proto.OrderLine
    {
        Item = line.Item,
        Quantity = line.Quantity,
        UnitPriceWon = line.UnitPrice.Won,
        DishId = line.DishId,
    });

    public static Proto.OrderStatus Status(OrderStatus status) => status switch
    {
        OrderStatus.PaySuccess => Proto.OrderStatus.PaySuccess,
        OrderStatus.PayFail => Proto.OrderStatus.PayFail,
        OrderStatus.Received => Proto.OrderStatus.OrderReceived,
        OrderStatus.Cooking => Proto.OrderStatus.Cooking,
        OrderStatus.Cooked => Proto.OrderStatus.Cooked,
        OrderStatus.Delivering => Proto.OrderStatus.Delivering,
        OrderStatus.Delivered => Proto.OrderStatus.Delivered,
        OrderStatus.PickedUp => Proto.OrderStatus.PickedUp,
        OrderStatus.Rejected => Proto.OrderStatus.OrderRejected,
        OrderStatus.CancelRequested => Proto.OrderStatus.CancelRequested,
        OrderStatus.CancelDeclined => Proto.OrderStatus.CancelDeclined,
        OrderStatus.Cancelled => Proto.OrderStatus.OrderCancel,
        OrderStatus.Refunded => Proto.OrderStatus.Refunded,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };
}

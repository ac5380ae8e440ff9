using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Rest;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Ordering.Grpc;

/// <summary>The domain as protos, and back; in a request, zero and the empty text mean what the contract's comments say.</summary>
internal static class Mapping
{
    public static PlaceOrder ToCommand(this Proto.PlaceOrderRequest request, ServerCallContext context) => new(
        [.. request.Items.Select(static item => new OrderItem(
            item.Item, item.Quantity == 0 ? 1 : item.Quantity, item.HasUnitPriceWon ? item.UnitPriceWon : null))],
        request.HasStoreId ? new StoreId(request.StoreId) : null,
        request.CustomerId,
        request.Address,
        request.MembershipNumber,
        request.RequestId.Length == 0 ? null : new RequestKey(Caller.Of(context.GetHttpContext()), request.RequestId));

    public static Proto.Order ToProto(this Order order) => new()
    {
        OrderId = order.Id.Value,
        StoreId = order.Details.Store.Value,
        CustomerId = order.Details.Customer,
        Lines = { order.Details.Lines.Select(ToProto) },
        DeliveryFeeWon = order.Details.DeliveryFee.Won,
        DiscountWon = order.Details.Discount.Won,
        TotalWon = order.Details.Total.Won,
        Address = order.Details.Address,
        MembershipNumber = order.Details.MembershipNumber,
        Status = order.Status.ToProto(),
        StatusVersion = order.Snapshot.StatusVersion,
        Reason = order.Reason,
        PlacedAt = order.Snapshot.PlacedAt.ToTimestamp(),
    };

    public static Proto.OrderLine ToProto(this OrderLine line) => new()
    {
        Item = line.Item,
        Quantity = line.Quantity,
        UnitPriceWon = line.UnitPrice.Won,
        DishId = line.DishId,
    };

    public static Proto.OrderStatus ToProto(this OrderStatus status) => status switch
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

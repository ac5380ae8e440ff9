using FoodDelivery.Customers;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Customer.V1;
using ProtoLine = FoodDelivery.Protos.Ordering.V1.OrderLine;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>The view in the words of the public contract.</summary>
internal static class ViewMapping
{
    public static Proto.OrderStatusView ToProto(this OrderStatusView view) => new()
    {
        OrderId = view.OrderId.Value,
        Status = view.Status.ToProto(),
        Label = view.Status.Label().ToProto(),
        Version = view.Version,
        Reason = view.Reason,
        StoreId = view.StoreId.Value,
        CustomerId = view.CustomerId,
        Lines = { view.Lines.Select(ToProto) },
        TotalWon = view.Total.Won,
        PaymentId = view.PaymentId,
        History = { view.History.Select(ToProto) },
    };

    public static Proto.StatusChange ToProto(this StatusChange change) => new()
    {
        Version = change.Version,
        Status = change.Status.ToProto(),
        Label = change.Status.Label().ToProto(),
        Reason = change.Reason,
        ChangedAt = change.At.ToTimestamp(),
    };

    public static Proto.Notification ToProto(this SentNotification sent) => new()
    {
        OrderId = sent.Notification.OrderId.Value,
        Status = sent.Notification.Status,
        Channel = sent.Channel,
        Recipient = sent.Notification.Recipient,
        Text = sent.Notification.Text,
        SentAt = sent.SentAt.ToTimestamp(),
    };

    private static Proto.StatusLabel ToProto(this StatusLabel label) => new() { Ko = label.Ko, En = label.En };

    private static ProtoLine ToProto(OrderLine line) => new()
    {
        Item = line.Item,
        Quantity = line.Quantity,
        UnitPriceWon = line.UnitPrice.Won,
        DishId = line.DishId,
    };
}

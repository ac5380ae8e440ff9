using FoodDelivery.Customers;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Customer.V1;
using ProtoLine = FoodDelivery.Protos.Ordering.V1.OrderLine;

namespace FoodDelivery.Adapters.Customers.Grpc;

/// <summary>The domain as protos, and protos as the domain.</summary>
internal static class Mapping
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
        DeliveryFeeWon = view.DeliveryFee.Won,
        DiscountWon = view.Discount.Won,
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
        Refusal = sent.Refusal,
    };

    public static Proto.Member ToProto(this Member member) => new()
    {
        MembershipNumber = member.Number.Digits,
        CustomerId = member.CustomerId,
        Name = member.Profile.Name,
        Phone = member.Profile.Phone.ToString(),
        Channel = (Proto.ContactChannel)(member.Profile.Channel + 1),
        Language = (Proto.Language)(member.Profile.Language + 1),
        SignedUpAt = member.SignedUpAt.ToTimestamp(),
        WithdrawnAt = member.WithdrawnAt?.ToTimestamp(),
        PhoneConfirmed = member.PhoneConfirmedAt is not null,
    };

    public static Proto.OwnerContact ToProto(this Contact contact, StoreId store) => new()
    {
        StoreId = store.Value,
        Phone = contact.Phone.ToString(),
        Channel = (Proto.ContactChannel)(contact.Channel + 1),
        Language = (Proto.Language)(contact.Language + 1),
        PhoneConfirmed = contact.IsConfirmed,
    };

    public static Proto.PhoneConfirmation ToProto(this PhoneState state) => new()
    {
        Phone = state.Phone.ToString(),
        Confirmed = state.ConfirmedAt is not null,
        CodeExpiresAt = state.Code?.ExpiresAt.ToTimestamp(),
        TriesLeft = state.Code?.TriesLeft ?? 0,
    };

    public static Proto.PointsChange ToProto(this PointsChange change) => new()
    {
        OrderId = change.Order.Value,
        Kind = (Proto.PointsChangeKind)change.Kind,
        Points = change.Points,
        ChangedAt = change.At.ToTimestamp(),
    };

    /// <summary>Null for unspecified, and for one that a newer contract has.</summary>
    public static ContactChannel? ToDomain(this Proto.ContactChannel channel) =>
        System.Enum.IsDefined((ContactChannel)(channel - 1)) ? (ContactChannel)(channel - 1) : null;

    /// <summary>Null for unspecified, and for one that a newer contract has.</summary>
    public static Language? ToDomain(this Proto.Language language) =>
        System.Enum.IsDefined((Language)(language - 1)) ? (Language)(language - 1) : null;

    // The statuses of the public contract and those of the domain have the same numbers.
    private static Protos.Ordering.V1.OrderStatus ToProto(this OrderStatus status) => (Protos.Ordering.V1.OrderStatus)status;

    private static Proto.StatusLabel ToProto(this StatusLabel label) => new() { Ko = label.Ko, En = label.En };

    private static ProtoLine ToProto(OrderLine line) => new()
    {
        Item = line.Item,
        Quantity = line.Quantity,
        UnitPriceWon = line.UnitPrice.Won,
        DishId = line.DishId,
    };
}

using FoodDelivery.Payments;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Payment.V1;

namespace FoodDelivery.Adapters.Payments.Grpc;

/// <summary>The domain as protos.</summary>
internal static class Mapping
{
    public static Proto.Payment ToProto(this Payment payment) => new()
    {
        PaymentId = payment.Id.Value,
        OrderId = payment.Order.Value,
        AmountWon = payment.Amount.Won,
        Status = payment.Status.ToProto(),
        Reason = payment.State.Reason,
        CustomerId = payment.State.Payer,
        CreatedAt = Timestamp.FromDateTimeOffset(payment.State.CreatedAt),
        UpdatedAt = Timestamp.FromDateTimeOffset(payment.State.UpdatedAt),
    };

    private static Proto.PaymentStatus ToProto(this PaymentStatus status) => status switch
    {
        PaymentStatus.Approved => Proto.PaymentStatus.Approved,
        PaymentStatus.Declined => Proto.PaymentStatus.Declined,
        PaymentStatus.Refunding => Proto.PaymentStatus.Refunding,
        PaymentStatus.Refunded => Proto.PaymentStatus.Refunded,
        PaymentStatus.Voided => Proto.PaymentStatus.Voided,
        _ => Proto.PaymentStatus.Unspecified,
    };
}

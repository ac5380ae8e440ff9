using FoodDelivery.Payments;
using FoodDelivery.Platform.Messaging;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Proto = FoodDelivery.Protos.Payment.V1;

namespace FoodDelivery.Adapters.Payments.Messaging;

/// <summary>What others are told of a payment.</summary>
internal static class Mapping
{
    public static IEnumerable<PublishedEvent> ToPublished(this Payment payment) =>
        payment.Raised.Select(happened => new PublishedEvent(Topics.Payment, payment.Order.ToString(), Message(happened)));

    private static IMessage Message(IDomainEvent happened) => happened switch
    {
        PaymentApproved approved => new Proto.PaymentApproved
        {
            PaymentId = approved.Payment.Value,
            OrderId = approved.Order.Value,
            AmountWon = approved.Amount.Won,
            ApprovedAt = Timestamp.FromDateTimeOffset(approved.ApprovedAt),
        },
        PaymentDeclined declined => new Proto.PaymentDeclined
        {
            PaymentId = declined.Payment.Value,
            OrderId = declined.Order.Value,
            AmountWon = declined.Amount.Won,
            Reason = declined.Reason,
        },
        PaymentRefunded refunded => new Proto.PaymentRefunded
        {
            PaymentId = refunded.Payment.Value,
            OrderId = refunded.Order.Value,
            AmountWon = refunded.Amount.Won,
            Reason = refunded.Reason,
            RefundedAt = Timestamp.FromDateTimeOffset(refunded.RefundedAt),
        },
        _ => throw new ArgumentException($"{happened.GetType().Name} is not published.", nameof(happened)),
    };
}

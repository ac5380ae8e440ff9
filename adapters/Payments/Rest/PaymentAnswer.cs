using FoodDelivery.Payments;
using FoodDelivery.Platform.Hosting.Rest;

namespace FoodDelivery.Adapters.Payments.Rest;

/// <summary>A payment as REST shows it.</summary>
/// <param name="PaymentId">Its number.</param>
/// <param name="OrderId">The order's number.</param>
/// <param name="Price">The whole amount in won.</param>
/// <param name="Status">approved, declined, refunding, refunded or voided.</param>
/// <param name="Action">What was asked for last: apply or cancel.</param>
/// <param name="Reason">Why it was declined, refunded or given up; else null.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="UpdatedAt">When the money was last known to have moved.</param>
/// <param name="CustomerId">Who paid; null where nobody has said.</param>
internal sealed record PaymentAnswer(
    long PaymentId, long OrderId, long Price, PaymentStatus Status, string Action, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    string? CustomerId)
{
    public static string Path(Payment payment) => $"/payments/{payment.Id}";

    public static HalResource Resource(Payment payment) => Hal.Resource(Of(payment), Path(payment), "payment");

    private static PaymentAnswer Of(Payment payment) => new(
        payment.Id.Value,
        payment.Order.Value,
        payment.Amount.Won,
        payment.Status,
        payment.Status is PaymentStatus.Approved or PaymentStatus.Declined ? PaymentActions.Apply : PaymentActions.Cancel,
        payment.State.Reason.OrNull(),
        payment.State.CreatedAt,
        payment.State.UpdatedAt,
        payment.State.Payer.OrNull());
}

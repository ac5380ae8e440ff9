using System.ComponentModel;
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
        payment.Status is PaymentStatus.Approved or PaymentStatus.Declined ? PaymentRoutes.Apply : PaymentRoutes.Cancel,
        payment.State.Reason.OrNull(),
        payment.State.CreatedAt,
        payment.State.UpdatedAt,
        payment.State.Payer.OrNull());
}

/// <summary>The body that names an action.</summary>
internal sealed record PaymentActionBody(
    long OrderId,
    [property: Description("The whole amount in won; another than was paid is a conflict")] long? Price,
    [property: Description("apply or cancel")] string Action,
    [property: Description("Why it is cancelled")] string? Reason);

/// <summary>What the card page handed back.</summary>
internal sealed record CardBody(
    [property: Description("What the browser called the customer on that page")] string CustomerKey,
    [property: Description("The key to the card, good for one registration")] string AuthKey);

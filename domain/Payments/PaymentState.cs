namespace FoodDelivery.Payments;

/// <summary>A payment's state, whole.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Order">The order it is for.</param>
/// <param name="Amount">The whole amount.</param>
/// <param name="Status">Where the money is.</param>
/// <param name="Reason">Why it was declined, refunded or given up; else empty.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="UpdatedAt">When the money was last known to have moved.</param>
/// <param name="DueAt">When the provider is to be asked next; null if nothing is left to ask.</param>
/// <param name="Payer">The customer who was to pay; empty where nobody has said.</param>
/// <param name="Attempt">The attempt to order that it was made for; empty where nobody has said, as of all payments before attempts had ids.</param>
public sealed record PaymentState(
    PaymentId Id,
    OrderId Order,
    Money Amount,
    PaymentStatus Status,
    string Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DueAt,
    string Payer = "",
    string Attempt = "");

/// <summary>Where an order's money is.</summary>
public enum PaymentStatus
{
    /// <summary>The provider has taken it.</summary>
    Approved,

    /// <summary>The provider said no.</summary>
    Declined,

    /// <summary>It is owed back to the customer; the provider has not confirmed that yet.</summary>
    Refunding,

    /// <summary>It is back with the customer.</summary>
    Refunded,

    /// <summary>The order was given up before its payment was known here; nothing can be paid for it any more, and what was taken goes back.</summary>
    Voided,
}

/// <summary>A payment's number: positive, issued once; a later payment usually has a higher one.</summary>
public readonly record struct PaymentId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Tells whose a payment is.</summary>
internal static class Attempts
{
    /// <summary>Whether these are two attempts for sure: what does not say its attempt, being from before they had ids, may be any.</summary>
    public static bool Differ(string one, string other) =>
        one.Length > 0 && other.Length > 0 && !string.Equals(one, other, StringComparison.Ordinal);

    /// <summary>The order's number was given out twice, and what was paid under it before pays for nothing else.</summary>
    public static Error OfAnother(OrderId order) =>
        Error.Conflict("PAYMENT_OF_ANOTHER_ATTEMPT", $"The payment under order {order} is another attempt's; it pays for no other.") with { Order = order };
}

/// <summary>What a request to pay may ask for.</summary>
public static class PaymentLimits
{
    /// <summary>The largest amount of one payment, in won.</summary>
    public const long MaxWon = 1_000_000_000;

    /// <summary>Checks an order's number and an amount in won; null if both are acceptable.</summary>
    internal static Error? Check(OrderId order, long amountWon) =>
        CheckOrder(order)
        ?? (amountWon is > 0 and <= MaxWon
            ? null
            : Error.Invalid("amountWon", $"The amount must be 1 to {MaxWon} won.") with { Order = order });

    /// <summary>Checks an order's number; null if it is acceptable.</summary>
    internal static Error? CheckOrder(OrderId order) =>
        order.Value > 0 ? null : Error.Invalid("orderId", "An order's number is positive.");
}

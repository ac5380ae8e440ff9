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
public sealed record PaymentState(
    PaymentId Id,
    OrderId Order,
    Money Amount,
    PaymentStatus Status,
    string Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DueAt,
    string Payer = "");

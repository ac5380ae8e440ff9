using System.Globalization;
using System.Text.Json.Serialization;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>
/// A payment as the API tells it; the parts that matter here. Amounts are whole won where it is one of ours: the merchant's payments in another currency have
/// fractions.
/// </summary>
internal sealed record TossPayment(
    string PaymentKey,
    string OrderId,
    string Status,
    decimal TotalAmount,
    TossFailure? Failure,
    string? OrderName,
    decimal? BalanceAmount,
    DateTimeOffset? RequestedAt,
    DateTimeOffset? ApprovedAt)
{
    /// <summary>Whether the amounts are whole won, as those of our orders are.</summary>
    public bool IsWhole => decimal.IsInteger(TotalAmount) && decimal.IsInteger(BalanceAmount ?? 0);
}

/// <summary>Something that was done with a payment, in the list of all.</summary>
internal sealed record TossTransaction(string TransactionKey, string OrderId, string Status);

/// <summary>The API's times in queries: Korea's, without an offset.</summary>
internal static class TossTime
{
    private static readonly TimeSpan Korea = TimeSpan.FromHours(9);

    public static string Write(DateTimeOffset moment) => moment.ToOffset(Korea).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>Why something failed: the body of every error, and a part of a payment that was refused.</summary>
internal sealed record TossFailure(string Code, string Message);

/// <summary>Charge a card that was registered before.</summary>
internal sealed record TossCharge(string CustomerKey, long Amount, string OrderId, string OrderName);

/// <summary>Give back all that is left of a payment.</summary>
internal sealed record TossCancel(string CancelReason);

/// <summary>Register the card that a customer has just shown in the browser.</summary>
internal sealed record TossIssue(string AuthKey, string CustomerKey);

/// <summary>A card is forgotten; the answer has no body.</summary>
internal sealed record TossForgotten;

/// <summary>A registered card.</summary>
internal sealed record TossCard(string BillingKey, string CustomerKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(TossPayment))]
[JsonSerializable(typeof(TossTransaction[]))]
[JsonSerializable(typeof(TossEvent))]
[JsonSerializable(typeof(TossFailure))]
[JsonSerializable(typeof(TossCharge))]
[JsonSerializable(typeof(TossCancel))]
[JsonSerializable(typeof(TossIssue))]
[JsonSerializable(typeof(TossCard))]
internal sealed partial class TossJson : JsonSerializerContext;

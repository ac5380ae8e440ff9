using System.Text.Json.Serialization;

namespace FoodDelivery.Adapters.Payments.Provider.Toss;

/// <summary>A payment as the API tells it; the parts that matter here.</summary>
internal sealed record TossPayment(string PaymentKey, string OrderId, string Status, long TotalAmount, TossFailure? Failure);

/// <summary>Why something failed: the body of every error, and a part of a payment that was refused.</summary>
internal sealed record TossFailure(string Code, string Message);

/// <summary>Charge a card that was registered before.</summary>
internal sealed record TossCharge(string CustomerKey, long Amount, string OrderId, string OrderName);

/// <summary>Give back all that is left of a payment.</summary>
internal sealed record TossCancel(string CancelReason);

/// <summary>Register the card that a customer has just shown in the browser.</summary>
internal sealed record TossIssue(string AuthKey, string CustomerKey);

/// <summary>A registered card.</summary>
internal sealed record TossCard(string BillingKey, string CustomerKey);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(TossPayment))]
[JsonSerializable(typeof(TossFailure))]
[JsonSerializable(typeof(TossCharge))]
[JsonSerializable(typeof(TossCancel))]
[JsonSerializable(typeof(TossIssue))]
[JsonSerializable(typeof(TossCard))]
internal sealed partial class TossJson : JsonSerializerContext;

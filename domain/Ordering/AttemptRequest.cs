namespace FoodDelivery.Ordering;

/// <summary>What was asked, fixed before the payment: a repeated request pays the same amount, whatever the menu says by then.</summary>
/// <param name="Key">The caller's key, if it gave one.</param>
/// <param name="Fingerprint">Tells two requests under one key apart.</param>
/// <param name="Details">What is ordered, with the prices of that moment.</param>
/// <param name="OpenedAt">When it was asked.</param>
public sealed record AttemptRequest(RequestKey? Key, string Fingerprint, OrderDetails Details, DateTimeOffset OpenedAt);

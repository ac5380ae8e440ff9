namespace FoodDelivery.Ordering;

/// <summary>All that an order is, as a store of orders keeps it.</summary>
/// <param name="Id">The order's number.</param>
/// <param name="Details">What is ordered.</param>
/// <param name="PaymentId">The payment's number.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Progress">How far the store has come.</param>
/// <param name="Cancellation">How far it has been undone.</param>
/// <param name="Reason">Why it is as it is, where that is known; else empty.</param>
/// <param name="StatusVersion">Counts the changes of its status without a gap; the first is 1.</param>
/// <param name="Version">Counts its changes, the silent ones included.</param>
public sealed record OrderSnapshot(
    OrderId Id,
    OrderDetails Details,
    long PaymentId,
    DateTimeOffset PlacedAt,
    Progress Progress,
    Cancellation Cancellation,
    string Reason,
    long StatusVersion,
    long Version);

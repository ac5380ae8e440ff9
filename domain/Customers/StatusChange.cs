namespace FoodDelivery.Customers;

/// <summary>One change of an order's status.</summary>
/// <param name="Version">Counts the order's changes without a gap; the first is 1.</param>
/// <param name="Status">The status from then on.</param>
/// <param name="Reason">Why it was rejected, cancelled or not cancelled; empty where there is nothing to say.</param>
/// <param name="At">When it changed.</param>
public sealed record StatusChange(long Version, OrderStatus Status, string Reason, DateTimeOffset At);

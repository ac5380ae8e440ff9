namespace FoodDelivery.Customers.DispatchingNotifications;

/// <summary>Sends what is pending.</summary>
/// <param name="AtMost">How many at the most, from 1.</param>
public sealed record DispatchNotifications(int AtMost);

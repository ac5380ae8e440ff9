namespace FoodDelivery.Customers.DispatchingNotifications;

/// <summary>Sends what is pending.</summary>
/// <param name="AtMost">How many at the most, from 1.</param>
/// <param name="Claim">How long a dispatcher that died holds up what it had claimed.</param>
public sealed record DispatchNotifications(int AtMost, TimeSpan Claim);

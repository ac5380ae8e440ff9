namespace FoodDelivery.Customers;

/// <summary>A notification that has left.</summary>
/// <param name="Number">Its place in the feed: rising from the oldest on.</param>
/// <param name="Notification">What was sent.</param>
/// <param name="Channel">How it was sent, such as <c>console</c>.</param>
/// <param name="SentAt">When.</param>
public sealed record SentNotification(long Number, Notification Notification, string Channel, DateTimeOffset SentAt);

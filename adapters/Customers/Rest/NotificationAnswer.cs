using FoodDelivery.Customers;

namespace FoodDelivery.Adapters.Customers.Rest;

/// <summary>A sent notification as REST answers it.</summary>
internal sealed record NotificationAnswer(long OrderId, string Status, string Channel, string Recipient, string Text, DateTimeOffset SentAt)
{
    public static NotificationAnswer Of(SentNotification sent) => new(
        sent.Notification.OrderId.Value, sent.Notification.Status, sent.Channel, sent.Notification.Recipient, sent.Notification.Text, sent.SentAt);
}

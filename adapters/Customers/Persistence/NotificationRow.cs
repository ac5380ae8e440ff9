using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>A notification as its table has it.</summary>
internal sealed class NotificationRow
{
    public long Id { get; set; }

    public long OrderId { get; set; }

    public long Version { get; set; }

    public int Role { get; set; }

    public string Status { get; set; } = "";

    public string Recipient { get; set; } = "";

    public string Text { get; set; } = "";

    public string Addressee { get; set; } = "";

    public string Via { get; set; } = FoodDelivery.Customers.Notification.Console;

    public string Template { get; set; } = "";

    public long Claims { get; set; }

    public int Attempts { get; set; }

    public string? Claim { get; set; }

    public string? Channel { get; set; }

    public long? SentAt { get; set; }

    public static NotificationRow Of(Notification notification) => new()
    {
        OrderId = notification.OrderId.Value,
        Version = notification.Version,
        Role = (int)notification.Role,
        Status = notification.Status,
        Recipient = notification.Recipient,
        Text = notification.Text,
        Addressee = notification.Addressee,
        Via = notification.Channel,
        Template = notification.Template,
    };

    public ClaimedNotification Claimed() => new(Id, Claim!, Attempts + 1, Claims > 1, Notification());

    public SentNotification Sent() => new(Id, Notification(), Channel!, DateTimeOffset.FromUnixTimeMilliseconds(SentAt!.Value));

    public UndeliveredNotification Undelivered() => new(Id, Attempts, Notification());

    private Notification Notification() => new(new OrderId(OrderId), Version, (RecipientRole)Role, Status, Recipient, Text)
    {
        Addressee = Addressee,
        Channel = Via,
        Template = Template,
    };
}

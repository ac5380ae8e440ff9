namespace FoodDelivery.Customers;

/// <summary>A message to one person about one change of one order's status. There is at most one for the same change and role.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Version">The change that it tells of.</param>
/// <param name="Role">Whose message it is.</param>
/// <param name="Status">The word of what it tells: a status, or <c>order_get</c> for the owner.</param>
/// <param name="Recipient">Whom it is sent to.</param>
/// <param name="Text">What they read.</param>
public sealed record Notification(OrderId OrderId, long Version, RecipientRole Role, string Status, string Recipient, string Text)
{
    /// <summary>The same at every attempt to send it, so that whoever delivers messages can discard a repeated one.</summary>
    public string MessageKey => $"order-{OrderId}-{Version}-{(Role == RecipientRole.Owner ? "owner" : "customer")}";
}

/// <summary>Whose message it is.</summary>
public enum RecipientRole
{
    /// <summary>Who placed the order.</summary>
    Customer = 1,

    /// <summary>Who cooks it.</summary>
    Owner = 2,
}

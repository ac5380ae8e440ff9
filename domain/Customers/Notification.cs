namespace FoodDelivery.Customers;

/// <summary>A message to one person about one change of one order's status. There is at most one for the same change and role.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Version">The change that it tells of.</param>
/// <param name="Role">Whose message it is.</param>
/// <param name="Status">The word of what it tells: a status, or <c>order_get</c> for the owner.</param>
/// <param name="Recipient">Whom it is sent to, in words for the feed.</param>
/// <param name="Text">What they read.</param>
public sealed record Notification(OrderId OrderId, long Version, RecipientRole Role, string Status, string Recipient, string Text)
{
    /// <summary>The channel of those of whom nobody knows how to reach them: the program's own console.</summary>
    public const string Console = "console";

    /// <summary>Under which name <see cref="Ports.IContacts"/> knows them: a member's number, a store's; empty for nobody.</summary>
    public string Addressee { get; init; } = "";

    /// <summary>
    /// The word of the channel, chosen when the message was written: one that may have left by KakaoTalk must not leave by SMS as well.
    /// </summary>
    public string Channel { get; init; } = Console;

    /// <summary>The code of the template that the text was made of.</summary>
    public string Template { get; init; } = "";

    /// <summary>The customer whose order it is about, and so the one who has it sent; empty if nobody said.</summary>
    public string Caller { get; init; } = "";

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

/// <summary>A notification that has left, or that must not.</summary>
/// <param name="Number">Its place in the feed: rising from the oldest on.</param>
/// <param name="Notification">What was sent.</param>
/// <param name="Channel">How it was sent, such as <c>console</c>.</param>
/// <param name="SentAt">When.</param>
public sealed record SentNotification(long Number, Notification Notification, string Channel, DateTimeOffset SentAt)
{
    /// <summary>Why it was not sent after all, as a stable word for programs; empty if it was, or if nobody wanted it to be.</summary>
    public string Refusal { get; init; } = "";
}

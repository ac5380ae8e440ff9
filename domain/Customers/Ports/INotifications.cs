namespace FoodDelivery.Customers.Ports;

/// <summary>The notifications, from the writing to the sending and after.</summary>
public interface INotifications
{
    /// <summary>Writes them down as pending, all or none; without effect for those that are there and for a message that has had its effect.</summary>
    Task Add(IReadOnlyList<Notification> notifications, MessageContext context, CancellationToken cancellation);

    /// <summary>
    /// Takes pending ones that nobody else holds, oldest first, and holds them until <paramref name="until"/>. One whose predecessor (the
    /// same order's to the same role) is pending too is left out, so that each recipient is told in order. A hold that ends later than this one and the longest
    /// pause together is from before the clock was set back, and holds nothing.
    /// </summary>
    Task<IReadOnlyList<ClaimedNotification>> Claim(DateTimeOffset now, DateTimeOffset until, int atMost, CancellationToken cancellation);

    /// <summary>Notes that it was sent; without effect if that was noted before.</summary>
    Task MarkSent(ClaimedNotification claimed, string channel, DateTimeOffset sentAt, CancellationToken cancellation);

    /// <summary>Notes that it is not sent, and why, which ends it as a sending does; without effect for whoever does not hold it any more.</summary>
    /// <param name="claimed">The notification.</param>
    /// <param name="reason">A stable word for programs, such as <c>PHONE_NOT_CONFIRMED</c>.</param>
    /// <param name="at">When that was decided.</param>
    /// <param name="cancellation">Stops the writing.</param>
    Task Refuse(ClaimedNotification claimed, string reason, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Counts a failed attempt, and leaves it to anyone from <paramref name="until"/> on; without effect for whoever does not hold it any more.</summary>
    Task Postpone(ClaimedNotification claimed, DateTimeOffset until, CancellationToken cancellation);

    /// <summary>It could not be sent and will not be; without effect for whoever does not hold it any more.</summary>
    Task GiveUp(ClaimedNotification claimed, CancellationToken cancellation);

    /// <summary>Those sent or refused whose number is larger than <paramref name="after"/>, oldest first.</summary>
    /// <param name="order">Only this order's; null for all.</param>
    /// <param name="to">Only those to this role; null for all.</param>
    /// <param name="after">Where the page before ended; 0 for the first.</param>
    /// <param name="atMost">How many at the most.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<SentNotification>> Sent(OrderId? order, RecipientRole? to, long after, int atMost, CancellationToken cancellation);

    /// <summary>A page of those sent by its number from 0, oldest first; of all orders and to all roles unless one is given.</summary>
    Task<Listed<SentNotification>> SentPage(OrderId? order, RecipientRole? to, long page, int size, CancellationToken cancellation);

    /// <summary>A page of those given up by its number from 0, oldest first.</summary>
    Task<Listed<UndeliveredNotification>> UndeliveredPage(long page, int size, CancellationToken cancellation);

    /// <summary>Overwrites what an order's customer was told; what has not left yet is told to nobody any more.</summary>
    Task EraseTexts(OrderId order, CancellationToken cancellation);

    /// <summary>Makes those given up pending again.</summary>
    /// <param name="number">Only this one; null for all.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <returns>How many there were, as far as they were counted.</returns>
    Task<long> Retry(long? number, CancellationToken cancellation);
}

/// <summary>A pending notification that a dispatcher holds for a while.</summary>
/// <param name="Number">Its number in the store.</param>
/// <param name="Claim">Tells this holder from every other.</param>
/// <param name="Attempt">Which attempt to send it this is; the first is 1. An attempt whose dispatcher died does not count.</param>
/// <param name="MayHaveLeft">Whether anybody has claimed it before, and so may have sent it without having noted that.</param>
/// <param name="Notification">What is to be sent.</param>
public sealed record ClaimedNotification(long Number, string Claim, int Attempt, bool MayHaveLeft, Notification Notification);

/// <summary>A way to reach people.</summary>
public interface INotificationChannel
{
    /// <summary>Its name, such as <c>console</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Sends a message. The same key means the same message: it may come again after a crash or a time-out, and what has been delivered is
    /// not delivered again as far as the channel can know.
    /// </summary>
    /// <returns>An error if it could not be sent now, or nobody knows whether it was; it may say how long to wait.</returns>
    Task<Result<Unit>> Send(OutgoingMessage message, CancellationToken cancellation);
}

/// <summary>A message on its way out.</summary>
/// <param name="Key">Stands for the message: the same at every attempt.</param>
/// <param name="Recipient">Whom it is sent to, in words.</param>
/// <param name="Text">What they read.</param>
/// <param name="Template">The code of the template that the text was made of.</param>
/// <param name="To">Where it goes; null where nobody knows.</param>
/// <param name="MayHaveLeft">Whether somebody has tried before, so that it has to be asked whether it has left already.</param>
public sealed record OutgoingMessage(string Key, string Recipient, string Text, string Template, PhoneNumber? To, bool MayHaveLeft);

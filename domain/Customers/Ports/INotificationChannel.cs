namespace FoodDelivery.Customers.Ports;

/// <summary>A way to reach people.</summary>
public interface INotificationChannel
{
    /// <summary>Its name, such as <c>console</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Sends a message. The same <paramref name="messageKey"/> means the same message: it may come again after a crash or a time-out, and
    /// what has been delivered is not delivered again as far as the channel can know.
    /// </summary>
    /// <returns>A rejection if it could not be sent now.</returns>
    Task<Outcome<Done>> Send(Notification message, string messageKey, CancellationToken cancellation);
}

using FoodDelivery.Customers.Members;

namespace FoodDelivery.Customers.Ports;

/// <summary>A way to reach people.</summary>
public interface INotificationChannel
{
    /// <summary>Its name, such as <c>console</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Sends a message. The same key means the same message: it may come again after a crash or a time-out, and what has been delivered is
    /// not delivered again as far as the channel can know.
    /// </summary>
    /// <returns>A rejection if it could not be sent now, or nobody knows whether it was; it may say how long to wait.</returns>
    Task<Result<Unit>> Send(OutgoingMessage message, CancellationToken cancellation);
}

/// <summary>A message on its way out.</summary>
/// <param name="Notification">What is to be told; its key stands for the message.</param>
/// <param name="To">Where it goes; null where nobody knows.</param>
/// <param name="MayHaveLeft">Whether somebody has tried before, so that it has to be asked whether it has left already.</param>
public sealed record OutgoingMessage(Notification Notification, PhoneNumber? To, bool MayHaveLeft);

namespace FoodDelivery.Kernel;

/// <summary>
/// The command or the event that led to a change. It travels into every event that the change raises, and lets a repository
/// record an event as handled in the transaction of its effect, so that a second delivery of it changes nothing.
/// </summary>
public sealed record MessageContext
{
    private MessageContext(string id, string? consumer) => (Id, Consumer) = (id, consumer);

    /// <summary>The command's or the event's id.</summary>
    public string Id { get; }

    /// <summary>The consumer group that handles the event; null for a command.</summary>
    public string? Consumer { get; }

    /// <summary>A caller's command, by the id of its request.</summary>
    public static MessageContext Command(string id) => new(id, null);

    /// <summary>An event that <paramref name="consumer"/> handles.</summary>
    public static MessageContext Event(string id, string consumer) => new(id, consumer);
}

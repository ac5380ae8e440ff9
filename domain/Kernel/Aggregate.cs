namespace FoodDelivery.Kernel;

/// <summary>Something that happened in a context, named in the past tense.</summary>
public interface IDomainEvent;

/// <summary>A consistency boundary: changed by its verbs alone, saved whole, together with the events its verbs raised.</summary>
public abstract class Aggregate
{
    private readonly List<IDomainEvent> _raised = [];

    /// <summary>How often the aggregate has been changed, this change included; a new one starts at 1.</summary>
    public long Version { get; protected set; }

    /// <summary>The version under which it was loaded; 0 for a new one. Saving demands that the store still has it.</summary>
    public long LoadedVersion { get; protected init; }

    /// <summary>What its verbs have raised since it was loaded, oldest first.</summary>
    public IReadOnlyList<IDomainEvent> Raised => _raised;

    /// <summary>Raises an event.</summary>
    protected void Raise(IDomainEvent happened) => _raised.Add(happened);
}

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

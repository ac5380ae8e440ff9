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

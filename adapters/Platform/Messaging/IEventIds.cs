namespace FoodDelivery.Platform.Messaging;

/// <summary>Where events get their ids from.</summary>
public interface IEventIds
{
    /// <summary>An id that no other event has.</summary>
    string Next();
}

/// <summary>Version 7 UUIDs: unique, and in an index close to those of the same time.</summary>
internal sealed class UuidEventIds(TimeProvider clock) : IEventIds
{
    public string Next() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();
}


namespace FoodDelivery.Platform.Storage;

/// <summary>What became of a batch.</summary>
public enum WriteResult
{
    /// <summary>All of it is durable.</summary>
    Done,

    /// <summary>Nothing was written: the event had been handled before.</summary>
    Duplicate,

    /// <summary>Nothing was written: somebody else changed the row meanwhile.</summary>
    Stale,
}

/// <summary>What a repository makes of a batch's result.</summary>
public static class WriteResultExtensions
{
    /// <summary>Lets a duplicate pass, since its effect is there already.</summary>
    /// <exception cref="ConcurrencyException">Somebody else changed <paramref name="what"/> meanwhile.</exception>
    public static void ThrowIfStale(this WriteResult result, string what)
    {
        if (result == WriteResult.Stale)
            throw new ConcurrencyException($"{what} was changed meanwhile.");
    }
}

namespace FoodDelivery.Kernel;

/// <summary>Optimistic concurrency: load, decide, save, and once more from the start if another writer was faster.</summary>
public static class Concurrency
{
    private const int Tries = 10;

    /// <summary>Runs <paramref name="decision"/> until it is not stale, ten times at the most.</summary>
    /// <exception cref="ConcurrencyException">Ten other writers in a row were faster.</exception>
    public static async Task<T> RetryOnConflict<T>(Func<Task<T>> decision)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await decision();
            }
            catch (ConcurrencyException) when (attempt < Tries)
            {
            }
        }
    }
}

/// <summary>Somebody else changed the aggregate between its load and its save; nothing was saved. Load it again and decide anew.</summary>
public sealed class ConcurrencyException : Exception
{
    /// <summary>An unnamed aggregate was changed meanwhile.</summary>
    public ConcurrencyException()
        : this("The aggregate was changed meanwhile.")
    {
    }

    /// <summary>Says which aggregate was changed meanwhile.</summary>
    public ConcurrencyException(string message)
        : base(message)
    {
    }

    /// <summary>Says which aggregate was changed meanwhile, and how that was noticed.</summary>
    public ConcurrencyException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

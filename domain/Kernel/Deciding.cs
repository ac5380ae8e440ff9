namespace FoodDelivery.Kernel;

/// <summary>Optimistic concurrency: load, decide, save, and once more from the start if another writer was faster.</summary>
public static class Deciding
{
    private const int Tries = 10;

    /// <summary>Runs <paramref name="decision"/> until it is not stale, ten times at the most.</summary>
    /// <exception cref="StaleAggregateException">Ten other writers in a row were faster.</exception>
    public static async Task<T> UntilFresh<T>(Func<Task<T>> decision)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await decision();
            }
            catch (StaleAggregateException) when (attempt < Tries)
            {
            }
        }
    }
}

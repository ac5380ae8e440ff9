namespace FoodDelivery.Kernel;

/// <summary>Somebody else changed the aggregate between its load and its save; nothing was saved. Load it again and decide anew.</summary>
public sealed class StaleAggregateException : Exception
{
    /// <summary>An unnamed aggregate was changed meanwhile.</summary>
    public StaleAggregateException()
        : this("The aggregate was changed meanwhile.")
    {
    }

    /// <summary>Says which aggregate was changed meanwhile.</summary>
    public StaleAggregateException(string message)
        : base(message)
    {
    }

    /// <summary>Says which aggregate was changed meanwhile, and how that was noticed.</summary>
    public StaleAggregateException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

namespace FoodDelivery.Kernel;

/// <summary>
/// What an event follows has not been heard of here yet: the two may come by different ways, of which one is slower. The event is for later, and only after
/// a while for nobody.
/// </summary>
public sealed class PredecessorMissingException : Exception
{
    /// <summary>Something unnamed is missing.</summary>
    public PredecessorMissingException()
        : this("What this follows has not been heard of yet.")
    {
    }

    /// <summary>The message says what is missing.</summary>
    public PredecessorMissingException(string message)
        : base(message)
    {
    }

    /// <summary>The message says what is missing.</summary>
    public PredecessorMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>A service cannot start. The message is one sentence for whoever started it.</summary>
public class StartException : Exception
{
    /// <summary>A service cannot start.</summary>
    public StartException()
        : this("The service cannot start.")
    {
    }

    /// <summary>Says which service cannot start, and why.</summary>
    public StartException(string message)
        : base(message)
    {
    }

    /// <summary>Says which service cannot start, and why.</summary>
    public StartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

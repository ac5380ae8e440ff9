namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>A service's database cannot be used. The message says why in one sentence, and names the setting that would change it.</summary>
public sealed class UnusableStorageException : Exception
{
    /// <summary>A database cannot be used.</summary>
    public UnusableStorageException()
        : this("The database cannot be used.")
    {
    }

    /// <summary>Says why, and names the setting.</summary>
    public UnusableStorageException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and names the setting.</summary>
    public UnusableStorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

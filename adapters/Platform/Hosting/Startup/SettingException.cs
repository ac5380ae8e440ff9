namespace FoodDelivery.Platform.Hosting.Startup;

/// <summary>A setting cannot be used. The message names it, says what it is and what it may be; the program ends with it, without a stack trace.</summary>
public sealed class SettingException : StartException
{
    /// <summary>Some setting cannot be used.</summary>
    public SettingException()
        : this("A setting cannot be used.")
    {
    }

    /// <summary>Says which setting cannot be used, and why.</summary>
    public SettingException(string message)
        : base(message)
    {
    }

    /// <summary>Says which setting cannot be used, and why.</summary>
    public SettingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

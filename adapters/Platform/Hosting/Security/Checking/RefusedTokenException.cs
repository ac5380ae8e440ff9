namespace FoodDelivery.Platform.Hosting.Security.Checking;

/// <summary>A token was sent that is not accepted; the message says nothing of what is in it.</summary>
public sealed class RefusedTokenException : Exception
{
    /// <summary>A token is not accepted.</summary>
    public RefusedTokenException()
        : this("The token is not one that is accepted here.")
    {
    }

    /// <summary>Says why it is not.</summary>
    public RefusedTokenException(string message)
        : base(message)
    {
    }

    /// <summary>Says why it is not.</summary>
    public RefusedTokenException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

namespace FoodDelivery.Platform.Hosting.Security.Authorities;

/// <summary>The provider of tokens does not answer, or not as it should; the message has nothing secret.</summary>
public sealed class AuthorityException : Exception
{
    /// <summary>The provider does not answer.</summary>
    public AuthorityException()
        : this("The provider of tokens does not answer.")
    {
    }

    /// <summary>Says what is wrong.</summary>
    public AuthorityException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong.</summary>
    public AuthorityException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

using System.Data.Common;

namespace FoodDelivery.Platform.Storage.Redis;

/// <summary>Redis did not do what it was asked, or did not say so in time. What changes nothing when it is done twice can be tried again.</summary>
public sealed class RedisUnavailableException : DbException
{
    /// <summary>Redis is away.</summary>
    public RedisUnavailableException()
        : this("Redis does not answer.")
    {
    }

    /// <summary>Says what is wrong.</summary>
    public RedisUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong.</summary>
    public RedisUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}

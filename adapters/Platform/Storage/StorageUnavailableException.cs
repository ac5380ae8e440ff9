using System.Data.Common;

namespace FoodDelivery.Platform.Storage;

/// <summary>
/// A store cannot be used for a reason that passes: its disk is full or only read, it does not answer in time, an operator is at work on it. What changes nothing when
/// it is done twice can be tried again.
/// </summary>
public sealed class StorageUnavailableException : DbException
{
    /// <summary>Some store cannot be used.</summary>
    public StorageUnavailableException()
        : this("The store cannot be used for now.")
    {
    }

    /// <summary>Says which, and what is wrong.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says which, and what is wrong.</summary>
    public StorageUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}

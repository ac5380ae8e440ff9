namespace FoodDelivery.Tests.Support.Toss;

/// <summary>What goes wrong with a request.</summary>
public enum TossFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>500, and nothing happened.</summary>
    ErrorBefore,

    /// <summary>500, although it happened.</summary>
    ErrorAfter,

    /// <summary>No answer while the caller waits, and nothing happened.</summary>
    SilenceBefore,

    /// <summary>No answer while the caller waits, although it happened.</summary>
    SilenceAfter,

    /// <summary>The connection is reset, and nothing happened.</summary>
    ResetBefore,

    /// <summary>The connection is reset, although it happened.</summary>
    ResetAfter,

    /// <summary>It happened, and the answer breaks off in the middle.</summary>
    Garbled,

    /// <summary>429, and nothing happened.</summary>
    TooMany,
}

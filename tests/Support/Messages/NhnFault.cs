namespace FoodDelivery.Tests.Support.Messages;

/// <summary>What goes wrong with a request to send.</summary>
public enum NhnFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection breaks, and nothing was taken.</summary>
    BreaksBefore,

    /// <summary>The message is delivered, and the connection breaks before the answer.</summary>
    BreaksAfter,

    /// <summary>The message is delivered, and the answer never comes.</summary>
    SilentAfter,

    /// <summary>500, and nothing was taken.</summary>
    FailsBefore,

    /// <summary>500, though the message is delivered.</summary>
    FailsAfter,

    /// <summary>The message is delivered, and the answer is no JSON.</summary>
    GarbageAfter,

    /// <summary>429 with Retry-After.</summary>
    Busy,

    /// <summary>The whole request is refused, with an HTTP status of 200.</summary>
    Refuses,

    /// <summary>The request is taken, and its one recipient refused.</summary>
    RefusesRecipient,
}

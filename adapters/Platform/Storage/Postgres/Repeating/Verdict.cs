using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres.Repeating;

/// <summary>What a failure says about the transaction that failed.</summary>
internal enum Verdict
{
    /// <summary>It would fail again.</summary>
    Final,

    /// <summary>Nothing of it was kept, and another try may succeed.</summary>
    Undone,

    /// <summary>The connection was lost while the server worked or committed: it may have been kept or not.</summary>
    Unknown,
}

/// <summary>Reads failures.</summary>
internal static class Verdicts
{
    public static Verdict Of(Exception failure, bool begun) => failure switch
    {
        PostgresException answered => IsPassing(answered) ? Verdict.Undone : Verdict.Final,
        // Who has waited for as long as the time-out allows does not wait once more.
        NpgsqlException { InnerException: TimeoutException } => Verdict.Final,
        NpgsqlException { IsTransient: true } => begun ? Verdict.Unknown : Verdict.Undone,
        _ => Verdict.Final,
    };

    // An error that the server still sends instead of its success has undone the transaction. It warns of its own crash, and of a commit that
    // it stops waiting for, in another way: then the connection breaks without an answer.
    private static bool IsPassing(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections => true,
        // A table has got a column since the statement was prepared, as happens while versions change.
        PostgresErrorCodes.FeatureNotSupported => error.Routine is "RevalidateCachedQuery",
        _ => false,
    };
}

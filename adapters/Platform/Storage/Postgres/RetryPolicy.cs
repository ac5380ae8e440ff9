using Microsoft.Extensions.Logging;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>
/// The one place where something is tried again: a bounded number of times, after pauses that grow and that chance spreads, so that those who
/// got in each other's way do not meet again.
/// What was certainly undone is repeated. What may have been committed, the connection having been lost before the answer, is repeated only by
/// who says that a second time does no harm: a query, or a batch that records its event in the inbox and so finds itself a duplicate. Any other
/// batch would answer a lie: its version check would find its own change and call it somebody else's. Its caller is told of the failure instead,
/// asks what has become of it, and decides anew.
/// </summary>
internal sealed partial class RetryPolicy(NpgsqlDataSource source, int attempts, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <param name="idempotent">Whether it may be done twice.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="cancellation">Ends the pauses as well.</param>
    /// <returns>What came of it, and whether an earlier try may have been committed.</returns>
    public async Task<(T Result, bool Again)> Run<T>(bool idempotent, Func<Attempt, Task<T>> operation, CancellationToken cancellation)
    {
        var again = false;
        for (var number = 1; ; number++)
        {
            var attempt = new Attempt();
            try
            {
                return (await operation(attempt), again);
            }
            catch (Exception failure) when (MayRepeat(failure, attempt, idempotent, ref again) && number < attempts && !cancellation.IsCancellationRequested)
            {
                LogRepeated(logger, number, failure);
            }

            await Task.Delay(Pause(number), clock, cancellation);
        }
    }

    private bool MayRepeat(Exception failure, Attempt attempt, bool idempotent, ref bool again)
    {
        var kind = Failures.Of(failure, attempt.HasBegun);
        if (kind != FailureKind.Final && failure is not PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected })
        {
            // The other idle connections have probably met the same end, or hold the same outdated statement.
            source.Clear();
        }

        if (kind == FailureKind.Unknown && !idempotent)
            LogLost(logger, failure);

        again |= kind == FailureKind.Unknown;
        return kind == FailureKind.Undone || (kind == FailureKind.Unknown && idempotent);
    }

    private static TimeSpan Pause(int number) =>
        TimeSpan.FromTicks((long)(Math.Min(Longest.Ticks, Shortest.Ticks << Math.Min(number * 2, 20)) * (0.25 + (0.75 * Random.Shared.NextDouble()))));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database has failed {Failures} times in a row and is asked again")]
    private static partial void LogRepeated(ILogger logger, int failures, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database's answer to a write was lost; whether it was made is not known, so that it is not repeated")]
    private static partial void LogLost(ILogger logger, Exception error);
}

/// <summary>What a failure says about the transaction that failed.</summary>
internal enum FailureKind
{
    /// <summary>It would fail again.</summary>
    Final,

    /// <summary>Nothing of it was kept, and another try may succeed.</summary>
    Undone,

    /// <summary>The connection was lost while the server worked or committed: it may have been kept or not.</summary>
    Unknown,
}

/// <summary>Reads failures.</summary>
internal static class Failures
{
    public static FailureKind Of(Exception failure, bool begun) => failure switch
    {
        PostgresException answered => IsPassing(answered) ? FailureKind.Undone : FailureKind.Final,
        // Who has waited for as long as the time-out allows does not wait once more.
        NpgsqlException { InnerException: TimeoutException } => FailureKind.Final,
        NpgsqlException { IsTransient: true } => begun ? FailureKind.Unknown : FailureKind.Undone,
        _ => FailureKind.Final,
    };

    // An error that the server still sends instead of its success has undone the transaction. It warns of its own crash, and of a commit that
    // it stops waiting for, in another way: then the connection breaks without an answer.
    private static bool IsPassing(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
        // A session that began while the server only read stays so; another one may not.
        PostgresErrorCodes.ReadOnlySqlTransaction => true,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections => true,
        // A table has got a column since the statement was prepared, as happens while versions change.
        PostgresErrorCodes.FeatureNotSupported => error.Routine is "RevalidateCachedQuery",
        _ => false,
    };
}

/// <summary>One try at something.</summary>
internal sealed class Attempt
{
    /// <summary>Whether the server may have been asked: before that nothing can have happened.</summary>
    public bool HasBegun { get; private set; }

    public void Begin() => HasBegun = true;
}

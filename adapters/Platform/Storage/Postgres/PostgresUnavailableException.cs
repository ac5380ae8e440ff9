using System.Data.Common;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>
/// The server answers, but not now: after a failover it only reads, its disk is full, an operator is at work on it. What was to be written was not; later it may be.
/// </summary>
public sealed class PostgresUnavailableException : DbException
{
    /// <summary>The database cannot be used.</summary>
    public PostgresUnavailableException()
        : this("The database cannot be used for now.")
    {
    }

    /// <summary>Says what is wrong.</summary>
    public PostgresUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong.</summary>
    public PostgresUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal PostgresUnavailableException(PostgresException error)
        : this($"The database cannot be used for now: {error.MessageText}", error)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;

    /// <summary>
    /// Whether the server or its state is what fails, and not the statement, beyond what the driver calls transient. Codes:
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    /// </summary>
    internal static bool IsTransientError(PostgresException error) => error.IsTransient || error.SqlState switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName => true,

        // A transaction that took too long for the server's own settings.
        "25P03" or "25P04" => true,

        // Who may connect (28), what there is too little of (53), what an operator does (57), what the machine does (58).
        ['2', '8', ..] or ['5', '3' or '7' or '8', ..] => true,
        _ => false,
    };
}

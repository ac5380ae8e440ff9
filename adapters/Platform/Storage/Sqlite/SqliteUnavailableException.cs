using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>
/// The file could not be used for a reason that passes: its disk is full, read-only or does not answer, or another process has it. What was to be written
/// was not; later it may be.
/// </summary>
public sealed class SqliteUnavailableException : DbException
{
    /// <summary>The file cannot be used.</summary>
    public SqliteUnavailableException()
        : this("The database's file cannot be used for now.")
    {
    }

    /// <summary>Says what is wrong.</summary>
    public SqliteUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong.</summary>
    public SqliteUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal SqliteUnavailableException(SqliteException error)
        : this($"The database's file cannot be used for now: {error.Message}", error)
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;

    /// <summary>Whether the file is what fails, and not the statement. Result codes: https://www.sqlite.org/rescode.html</summary>
    internal static bool IsTransientError(SqliteException error) => error.SqliteErrorCode
        is raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL or raw.SQLITE_NOMEM;
}

using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FoodDelivery.Platform.Storage.Sqlite.Writing;

/// <summary>The writer's transactions, by their bare SQL: a transaction object per group would cost more than it gives.</summary>
internal sealed class Transaction(SqliteConnection connection, TimeSpan busyTimeout, TimeProvider clock) : IDisposable
{
    private readonly ManualResetEvent _never = new(initialState: false);

    /// <summary>False once SQLite has rolled it back by itself, as it does when the disk is full.</summary>
    public bool IsOpen => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Takes the file's write lock.</summary>
    /// <exception cref="TimeoutException">Another process held it for longer than the time-out.</exception>
    public void Begin()
    {
        var start = clock.GetTimestamp();
        for (int code; (code = raw.sqlite3_exec(connection.Handle, "begin immediate")) != raw.SQLITE_OK;)
        {
            if ((code & 0xff) != raw.SQLITE_BUSY)
                throw Error(code);

            if (clock.GetElapsedTime(start) > busyTimeout)
                throw new TimeoutException($"Another process held {connection.DataSource} for more than {busyTimeout.TotalSeconds} seconds.");

            // SQLite's own waiting grows to 100 ms, and the driver's is 150 ms: too long for a lock that is held for one or two.
            _never.WaitOne(Random.Shared.Next(1, 4));
        }
    }

    public void Savepoint() => Execute("savepoint work");

    public void Release() => Execute("release work");

    public void RollbackToSavepoint() => Execute("rollback to work");

    public void Commit() => Execute("commit");

    public void RollbackIfOpen()
    {
        if (IsOpen)
            Execute("rollback");
    }

    public void Dispose() => _never.Dispose();

    private void Execute(string sql)
    {
        var code = raw.sqlite3_exec(connection.Handle, sql);
        if (code != raw.SQLITE_OK)
            throw Error(code);
    }

    private SqliteException Error(int code) =>
        new(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), code & 0xff, raw.sqlite3_extended_errcode(connection.Handle));
}

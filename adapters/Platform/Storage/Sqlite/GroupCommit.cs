using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>Many batches, one commit, one wait for the disk; each batch stands or falls alone.</summary>
internal sealed partial class GroupCommit(Transaction transaction, PreparedStatements statements, ILogger logger)
{
    private readonly Dictionary<WriteRequest, Exception> _failures = [];

    /// <summary>Executes the group and tells every caller its result. Does not throw.</summary>
    public void Execute(IReadOnlyList<WriteRequest> group)
    {
        _failures.Clear();
        bool committed;
        try
        {
            committed = TryCommit(group);
        }
        catch (Exception error)
        {
            Abandon(group, error);
            return;
        }

        if (committed)
        {
            Tell(group);
        }
        else
        {
            Separate(group);
        }
    }

    /// <summary>False if one of the group has cost the others their transaction.</summary>
    private bool TryCommit(IReadOnlyList<WriteRequest> group)
    {
        transaction.Begin();
        foreach (var request in group)
        {
            transaction.Savepoint();
            if (!TryExecute(request))
            {
                if (!transaction.IsOpen)
                    return false;

                transaction.RollbackToSavepoint();
            }

            transaction.Release();
        }

        transaction.Commit();
        return true;
    }

    private bool TryExecute(WriteRequest request)
    {
        try
        {
            return request.Execute(statements);
        }
        catch (Exception error)
        {
            _failures[request] = error;
            return false;
        }
    }

    // Nothing of the group was kept, so each is executed again, alone: only the culprit fails.
    private void Separate(IReadOnlyList<WriteRequest> group)
    {
        if (group.Count == 1)
        {
            Tell(group);
            return;
        }

        foreach (var request in group)
            Execute([request]);
    }

    private void Tell(IReadOnlyList<WriteRequest> group)
    {
        foreach (var request in group)
        {
            if (_failures.TryGetValue(request, out var failure))
            {
                request.Fail(failure);
                continue;
            }

            try
            {
                request.Succeed();
            }
            catch (Exception error)
            {
                LogListenerFailed(logger, error);
            }
        }
    }

    private void Abandon(IReadOnlyList<WriteRequest> group, Exception error)
    {
        try
        {
            transaction.RollbackIfOpen();
        }
        catch (Exception rollback)
        {
            LogRollbackFailed(logger, rollback);
        }

        foreach (var request in group)
            request.Fail(_failures.GetValueOrDefault(request, error));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Somebody who waited for a commit failed; the commit stands")]
    private static partial void LogListenerFailed(ILogger logger, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A transaction could not be rolled back")]
    private static partial void LogRollbackFailed(ILogger logger, Exception error);
}

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

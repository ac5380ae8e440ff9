using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>Opens connections to one file.</summary>
internal sealed class ConnectionFactory(string path, SqliteOptions options)
{
    static ConnectionFactory() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>The writer: it waits for other processes by its own means, hence no time-out of SQLite's.</summary>
    public SqliteConnection Writer()
    {
        var synchronous = options.Durability == Durability.PowerLoss ? "full" : "off";
        return Open($"pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma foreign_keys = on; pragma secure_delete = on; pragma busy_timeout = 0");
    }

    /// <summary>A reader: in WAL mode it waits for nobody, but for the rare moment in which another process recovers the file.</summary>
    public SqliteConnection Reader() => Open("pragma query_only = on; pragma busy_timeout = 1000");

    private SqliteConnection Open(string pragmas)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        };
        var connection = new SqliteConnection(settings.ToString());
        PrivateFile.Make(path);
        try
        {
            connection.Open();
            connection.Execute($"pragma busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}");
            connection.Execute(pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}

/// <summary>Files that the service's own user alone may read: they hold names, telephone numbers and addresses.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the file if it is missing, and takes it from others if it is there. What SQLite puts beside it has the same mode.</summary>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        try
        {
            if (!File.Exists(path))
                new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode }).Dispose();
            else if (File.GetUnixFileMode(path) != Mode)
                File.SetUnixFileMode(path, Mode);
        }
        catch (Exception impossible) when (impossible is IOException or UnauthorizedAccessException)
        {
            // Another process was first, or it is another user's: SQLite says what cannot be done with it.
        }
    }
}

/// <summary>A bounded number of open connections for queries.</summary>
internal sealed class ReaderPool(ConnectionFactory connections, int limit) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(limit, limit);
    private readonly ConcurrentStack<SqliteConnection> _idle = new();
    private volatile bool _disposed;

    public async Task<T> Run<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        SqliteConnection? connection = null;
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            connection = _idle.TryPop(out var idle) ? idle : connections.Reader();
            var result = await query(connection);
            // Only a connection whose query ended well goes back: a half-read result would pin an old snapshot of the file.
            _idle.Push(connection);
            connection = null;
            return result;
        }
        // That a reader may not write is its own rule, and no outage.
        catch (SqliteException error) when (error.SqliteErrorCode != raw.SQLITE_READONLY && Outage.Is(error))
        {
            throw Outage.Of(error);
        }
        finally
        {
            connection?.Dispose();
            _slots.Release();
            if (_disposed)
                CloseIdle();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        CloseIdle();
    }

    private void CloseIdle()
    {
        while (_idle.TryPop(out var connection))
            connection.Dispose();
    }
}

/// <summary>What fails where it is the file, and not the statement: its disk is full, read-only or does not answer, or another process has it.</summary>
internal static class Outage
{
    // Result codes: https://www.sqlite.org/rescode.html
    public static bool Is(SqliteException error) => error.SqliteErrorCode
        is raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL or raw.SQLITE_NOMEM;

    public static StorageUnavailableException Of(SqliteException error) => new($"The database's file cannot be used for now: {error.Message}", error);
}

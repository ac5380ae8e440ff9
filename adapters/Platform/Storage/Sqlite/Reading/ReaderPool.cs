using System.Collections.Concurrent;
using System.Data.Common;
using FoodDelivery.Platform.Storage.Sqlite.Opening;
using Microsoft.Data.Sqlite;

namespace FoodDelivery.Platform.Storage.Sqlite.Reading;

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
        catch (SqliteException error) when (SqliteAwayException.Passes(error))
        {
            throw new SqliteAwayException(error);
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

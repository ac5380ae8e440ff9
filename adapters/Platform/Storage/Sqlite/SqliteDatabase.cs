using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>
/// A database in one file, which several processes may share. Writes go through one thread that commits whatever waits for it together;
/// reads run on connections of their own and wait for nobody. Disposing it completes the writes that were asked for.
/// </summary>
public sealed class SqliteDatabase : IOpenedDatabase, IDisposable
{
    private const long LeastRoom = 1024 * 1024;

    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(30);
    private readonly string _path;
    private readonly Writer _writer;
    private readonly ReaderPool _readers;
    private readonly WriteWatch _writes = new();

    /// <summary>Opens the file at once, on a thread of its own, and brings its schema up to date.</summary>
    /// <param name="path">The file; made if it is missing, its directory is not.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="migrations">Who owns tables in it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where to tell what no caller can be told.</param>
    public SqliteDatabase(string path, SqliteOptions options, IEnumerable<MigrationSource> migrations, TimeProvider time, ILogger<SqliteDatabase> logger)
    {
        _path = Path.GetFullPath(path);
        var connections = new ConnectionFactory(path, options);
        _writer = new Writer(connections, path, options, [.. migrations.SelectMany(static source => source.For("Sqlite"))], time, logger);
        _readers = new ReaderPool(connections, options.Readers);
    }

    /// <inheritdoc/>
    public Task Opened => _writer.Opened;

    /// <inheritdoc/>
    public async Task<T> Read<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation)
    {
        await _writer.Opened;
        return await _readers.Run(query, cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<T>> Query<T>(string sql, object parameters, CancellationToken cancellation) => Read<IReadOnlyList<T>>(
        async connection => (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellation))).AsList(), cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> Write(Batch batch, CancellationToken cancellation) => _writes.Of(_writer.Submit(new BatchRequest(batch), cancellation));

    /// <inheritdoc/>
    public Task<T?> WriteOne<T>(string sql, object parameters, CancellationToken cancellation) =>
        _writes.Of(_writer.Submit(new RowRequest<T>(sql, parameters), cancellation));

    /// <inheritdoc/>
    public async Task<bool> IsWritable(CancellationToken cancellation) =>
        await Read(connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("select 1", cancellationToken: cancellation)), cancellation) == 1
        && HasRoom()
        && await _writes.IsWell(this, cancellation);

    /// <summary>How much of the disk its files take, in bytes.</summary>
    public long Bytes => Length(new FileInfo(_path)) + Length(new FileInfo($"{_path}-wal"));

    /// <inheritdoc/>
    public Task<long> Size(CancellationToken cancellation) => Task.FromResult(Bytes);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _writer.Close();
        await _writer.Closed.WaitAsync(Closing);
        _readers.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static long Length(FileInfo file) => file.Exists ? file.Length : 0;

    // When the disk is full, pages that are free in the files take some more writes, and then none: the last write tells too late.
    private bool HasRoom()
    {
        try
        {
            // Some file systems of networks tell no sizes.
            var disk = new DriveInfo(_path);
            return disk.TotalSize == 0 || disk.AvailableFreeSpace >= LeastRoom;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return true;
        }
    }
}

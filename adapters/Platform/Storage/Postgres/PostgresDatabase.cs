using System.Data.Common;
using Dapper;
using FoodDelivery.Platform.Hosting.Startup;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>
/// A database on a PostgreSQL server (15 or later), made if it is missing and if the user may make it. A batch is one round trip and one
/// transaction; the server commits those of several connections together. Disposing it completes what was asked for.
/// </summary>
public sealed partial class PostgresDatabase : IOpenedDatabase, IDisposable
{
    internal const string Provider = "Postgres";
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(30);
    private readonly NpgsqlDataSource _source;
    private readonly RetryPolicy _retries;
    private readonly BatchWriter _batches;
    private readonly RowStatement _rows;
    private readonly RequestQueue _writes;
    private readonly RequestQueue _queries;
    private readonly InFlight _inFlight = new();
    private readonly WriteWatch _watch = new();
    private readonly ILogger _logger;

    static PostgresDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Begins to open the database and to bring its schema up to date.</summary>
    /// <param name="connectionString">Where it is, and its name.</param>
    /// <param name="options">How to use it.</param>
    /// <param name="migrations">Who owns tables in it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where to tell what no caller can be told.</param>
    public PostgresDatabase(
        string connectionString, PostgresOptions options, IEnumerable<MigrationSource> migrations, TimeProvider time, ILogger<PostgresDatabase> logger)
    {
        var settings = ConnectionSettings.Complete(connectionString, options);
        _logger = logger;
        _source = NpgsqlDataSource.Create(settings);
        _retries = new RetryPolicy(_source, options.Attempts, time, logger);
        (_batches, _rows) = (new BatchWriter(_source), new RowStatement(_source));
        _writes = new RequestQueue(new RequestGroup(_source, locks: true), options.Writers, options.GroupLimit, time);
        _queries = new RequestQueue(new RequestGroup(_source, locks: false), options.Readers, options.GroupLimit, time);
        var own = new MigrationSource("postgres", typeof(PostgresDatabase).Assembly);
        var initializer = new DatabaseInitializer(_source, settings.ToString(), [.. migrations.Prepend(own).SelectMany(static source => source.For(Provider))], time);
        Opened = Open(settings, initializer);
    }

    /// <inheritdoc/>
    public Task Opened { get; }

    /// <inheritdoc/>
    public Task<T> Read<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation) => Run(
        idempotent: true,
        async attempt =>
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation);
            attempt.Begin();
            return await query(connection);
        },
        static (result, _) => result,
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<T>> Query<T>(string sql, object parameters, CancellationToken cancellation) => Run(
        idempotent: true,
        attempt => _queries.Submit(new RowsRequest<T>(sql, parameters, _rows, attempt, cancellation), cancellation),
        static (rows, _) => rows,
        cancellation);

    /// <inheritdoc/>
    public Task<WriteResult> Write(Batch batch, CancellationToken cancellation) => _watch.Of(Run(
        idempotent: batch.Statements.Any(static statement => statement.Unless == WriteResult.Duplicate),
        attempt => batch.Statements.Count == 0
            ? Task.FromResult(WriteResult.Done)
            : _writes.Submit(new BatchRequest(batch, _batches, attempt, cancellation), cancellation),
        (result, again) =>
        {
            // A duplicate after a try without an answer may be that try's own.
            if (result == WriteResult.Done || (again && result == WriteResult.Duplicate))
                Tell(batch);

            return result;
        },
        cancellation));

    /// <inheritdoc/>
    public Task<T?> WriteOne<T>(string sql, object parameters, CancellationToken cancellation) => _watch.Of(Run(
        idempotent: false,
        attempt => _writes.Submit(new RowsRequest<T>(sql, parameters, _rows, attempt, cancellation), cancellation),
        static (rows, _) => rows.Count == 0 ? default : rows[0],
        cancellation));

    /// <inheritdoc/>
    public async Task<bool> IsWritable(CancellationToken cancellation)
    {
        if (await OnlyReads(cancellation))
        {
            // The session may have begun while the server only read, and would stay so.
            _source.Clear();
            if (await OnlyReads(cancellation))
                return false;
        }

        return await _watch.IsWell(this, cancellation);
    }

    /// <inheritdoc/>
    public async Task<long> Size(CancellationToken cancellation) =>
        (await Query<long>("select pg_database_size(current_database())", new { }, cancellation))[0];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _inFlight.Close().WaitAsync(Closing);
        await Opened.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _source.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private Task<TResult> Run<T, TResult>(
        bool idempotent, Func<Attempt, Task<T>> operation, Func<T, bool, TResult> conclude, CancellationToken cancellation) => _inFlight.Run(async () =>
    {
        await Opened.WaitAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var (result, again) = await _retries.Run(idempotent, operation, cancellation);
            return conclude(result, again);
        }
        catch (PostgresException away) when (IsOutage(away))
        {
            throw new StorageUnavailableException($"The database cannot be used for now: {away.MessageText}", away);
        }
    });

    // Whether the server or its state is what fails, and not the statement, beyond what the driver calls transient: after a failover it only reads, its disk is full, an
    // operator is at work on it. Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static bool IsOutage(PostgresException error) => error.IsTransient || error.SqlState switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName => true,

        // A transaction that took too long for the server's own settings.
        "25P03" or "25P04" => true,

        // Who may connect (28), what there is too little of (53), what an operator does (57), what the machine does (58).
        ['2', '8', ..] or ['5', '3' or '7' or '8', ..] => true,
        _ => false,
    };

    private async Task<bool> OnlyReads(CancellationToken cancellation) =>
        await Read(connection => connection.ExecuteScalarAsync<string>(new CommandDefinition("show transaction_read_only", cancellationToken: cancellation)), cancellation) == "on";

    private async Task Open(NpgsqlConnectionStringBuilder settings, DatabaseInitializer initializer)
    {
        try
        {
            await _retries.Run(
                idempotent: true,
                async _ =>
                {
                    await initializer.Run();
                    return true;
                },
                CancellationToken.None);
        }
        catch (Exception failure)
        {
            throw new UnusableStorageException(
                $"the database {settings.Database} at {settings.Host}:{settings.Port} cannot be used (Storage:ConnectionString): {failure.GetBaseException().Message}", failure);
        }
    }

    private void Tell(Batch batch)
    {
        try
        {
            batch.Committed();
        }
        catch (Exception error)
        {
            LogListenerFailed(_logger, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Somebody who waited for a commit failed; the commit stands")]
    private static partial void LogListenerFailed(ILogger logger, Exception error);
}

/// <summary>Counts what has been asked for, so that closing can wait for it.</summary>
internal sealed class InFlight
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _closed;

    public async Task<T> Run<T>(Func<Task<T>> operation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(PostgresDatabase));
            _running++;
        }

        try
        {
            return await operation();
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                CompleteIfNone();
            }
        }
    }

    /// <summary>Lets nobody in any more; completes when everybody is out.</summary>
    public Task Close()
    {
        lock (_gate)
        {
            _closed = true;
            CompleteIfNone();
            return _none.Task;
        }
    }

    private void CompleteIfNone()
    {
        if (_closed && _running == 0)
            _none.TrySetResult();
    }
}

using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>The one thread of this process that writes to the file. SQLite has one writer at a time and its calls block, hence a thread.</summary>
internal sealed class Writer
{
    private readonly Channel<WriteRequest> _queue;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConnectionFactory _connections;
    private readonly string _path;
    private readonly SqliteOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public Writer(ConnectionFactory connections, string path, SqliteOptions options, IReadOnlyList<Migration> migrations, TimeProvider clock, ILogger logger)
    {
        (_connections, _path, _options, _time, _logger) = (connections, path, options, clock, logger);
        // Continuations may run where they are released: here these are this thread's own waking and Submit's next line, nothing of a caller.
        _queue = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true, AllowSynchronousContinuations = true });
        new Thread(() => Run(migrations)) { Name = $"sqlite {Path.GetFileName(path)}", IsBackground = true }.Start();
    }

    /// <summary>Completes when the schema is up to date, or fails as opening did.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Completes when everything that was asked for is done and the file is closed.</summary>
    public Task Closed => _closed.Task;

    public async Task<T> Submit<T>(WriteRequest<T> request, CancellationToken cancellation)
    {
        await _opened.Task;
        cancellation.ThrowIfCancellationRequested();
        await using var registration = cancellation.UnsafeRegister(static (request, token) => ((WriteRequest)request!).TryCancel(token), request);
        try
        {
            await _queue.Writer.WriteAsync(request, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The database was closed before the write.", closed);
        }

        return await request.Completion;
    }

    public void Close() => _queue.Writer.TryComplete();

    private void Run(IReadOnlyList<Migration> migrations)
    {
        try
        {
            using var connection = _connections.Writer();
            using var transaction = new Transaction(connection, _options.BusyTimeout, _time);
            Migrate(connection, transaction, migrations);
            using var statements = new PreparedStatements(connection);
            _opened.SetResult();
            Serve(new GroupCommit(transaction, statements, _logger), new Eraser(connection, _path, _options, _time, _logger));
        }
        catch (Exception error)
        {
            _opened.TrySetException(new InvalidOperationException($"The database {_path} cannot be used (Data:Directory): {error.Message}", error));
        }
        finally
        {
            _closed.SetResult();
        }
    }

    private void Migrate(SqliteConnection connection, Transaction transaction, IReadOnlyList<Migration> migrations)
    {
        transaction.Begin();
        Migrator.Apply(connection, transaction: null, migrations, _time);
        transaction.Commit();
    }

    private void Serve(GroupCommit commit, Eraser eraser)
    {
        var group = new List<WriteRequest>();
        while (Wait(eraser))
        {
            while (group.Count < _options.GroupLimit && _queue.Reader.TryRead(out var request))
            {
                if (request.TryStart())
                    group.Add(request);
            }

            if (group.Count > 0)
            {
                commit.Execute(group);
                eraser.Note(group);
                group.Clear();
            }
        }

        eraser.Finish();
    }

    // Until there is something to write; while something is to be erased, also that is done in time.
    private bool Wait(Eraser eraser)
    {
        var more = _queue.Reader.WaitToReadAsync().AsTask();
        while (eraser.IsWaiting)
        {
            if (eraser.IsDue)
                eraser.Erase();
            else if (Task.WhenAny(more, Task.Delay(Eraser.Look, _time)).GetAwaiter().GetResult() == more)
                break;
        }

        return more.GetAwaiter().GetResult();
    }
}

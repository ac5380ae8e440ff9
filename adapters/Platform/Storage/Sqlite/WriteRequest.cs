using Microsoft.Data.Sqlite;

namespace FoodDelivery.Platform.Storage.Sqlite;

/// <summary>Something the writer is asked to do; cancelled only while it waits.</summary>
internal abstract class WriteRequest
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;
    private int _state;

    /// <summary>Whether what it overwrites or deletes must leave the file.</summary>
    public virtual bool IsErasing => false;

    /// <summary>Whether the writer may execute it; from then on nobody can cancel it.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    /// <summary>Takes it back if it has not been started.</summary>
    public void TryCancel(CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
            OnCancelled(cancellation);
    }

    /// <summary>Executes it inside the group's transaction; whether its changes are to be kept. It may be executed again after a rollback.</summary>
    public abstract bool Execute(PreparedStatements statements);

    /// <summary>Tells the caller its result, which is durable now.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller that nothing was written.</summary>
    public abstract void Fail(Exception error);

    protected abstract void OnCancelled(CancellationToken cancellation);
}

/// <summary>A request with a result.</summary>
internal abstract class WriteRequest<T> : WriteRequest
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Completion => _completion.Task;

    protected T Result { get; set; } = default!;

    public override void Succeed() => _completion.TrySetResult(Result);

    public override void Fail(Exception error) => _completion.TrySetException(
        error is SqliteException failure && Outage.Is(failure) ? Outage.Of(failure) : error);

    protected override void OnCancelled(CancellationToken cancellation) => _completion.TrySetCanceled(cancellation);
}

/// <summary>A batch of statements: all or nothing.</summary>
internal sealed class BatchRequest(Batch batch) : WriteRequest<WriteResult>
{
    public override bool IsErasing => batch.IsErasing;

    public override bool Execute(PreparedStatements statements)
    {
        foreach (var statement in batch.Statements)
        {
            var touched = statements.Bind(statement.Sql, statement.Parameters).ExecuteNonQuery();
            if (statement.Unless is { } otherwise && touched < 1)
            {
                Result = otherwise;
                return false;
            }
        }

        Result = WriteResult.Done;
        return true;
    }

    public override void Succeed()
    {
        try
        {
            if (Result == WriteResult.Done)
                batch.Committed();
        }
        finally
        {
            base.Succeed();
        }
    }
}

/// <summary>One statement that returns at most one row.</summary>
internal sealed class RowRequest<T>(string sql, object parameters) : WriteRequest<T?>
{
    public override bool Execute(PreparedStatements statements)
    {
        using var reader = statements.Bind(sql, parameters).ExecuteReader();
        Result = reader.Read() ? SingleRow.As<T>(reader) : default;
        return true;
    }
}

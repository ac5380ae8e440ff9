using System.Data.Common;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>Something that is written as a whole or not at all; with others in one transaction, or alone.</summary>
internal abstract class QueuedRequest(Attempt attempt)
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;
    private int _state;

    protected Attempt Attempt => attempt;

    /// <summary>Whether it may be executed; from then on its caller waits for the result.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    /// <summary>Takes it back if it has not been started.</summary>
    public void TryCancel(CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
            OnCancelled(cancellation);
    }

    /// <summary>Says that the server may have been asked from now on.</summary>
    public void Begin() => attempt.Begin();

    /// <summary>Whether it has to read what its statement returns.</summary>
    public abstract bool Reads { get; }

    /// <summary>Adds its statements to a group's.</summary>
    public abstract void AddTo(NpgsqlBatch group);

    /// <summary>Takes its result from the reader, which stands on what its statement returned if it <see cref="Reads"/>.</summary>
    public abstract Task Take(DbDataReader reader);

    /// <summary>Tells the caller the result, which is durable now.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller that it failed.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Executes it in a transaction of its own, and tells the caller.</summary>
    public abstract Task Alone();

    protected abstract void OnCancelled(CancellationToken cancellation);
}

/// <summary>A request with a result.</summary>
internal abstract class QueuedRequest<T>(Attempt attempt, CancellationToken cancellation) : QueuedRequest(attempt)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Completion => _completion.Task;

    protected T Result { get; set; } = default!;

    public override void Succeed() => _completion.TrySetResult(Result);

    public override void Fail(Exception error) => _completion.TrySetException(error);

    public override async Task Alone()
    {
        try
        {
            _completion.TrySetResult(await Execute(cancellation));
        }
        catch (Exception error)
        {
            Fail(error);
        }
    }

    protected abstract Task<T> Execute(CancellationToken cancellation);

    protected override void OnCancelled(CancellationToken cancellation) => _completion.TrySetCanceled(cancellation);
}

/// <summary>A batch of statements. Whatever they return says no more than that they were executed.</summary>
internal sealed class BatchRequest(Batch batch, BatchWriter writer, Attempt attempt, CancellationToken cancellation)
    : QueuedRequest<WriteResult>(attempt, cancellation)
{
    public override bool Reads => false;

    public override void AddTo(NpgsqlBatch group) => BatchWriter.Add(batch, group);

    public override Task Take(DbDataReader reader)
    {
        Result = WriteResult.Done;
        return Task.CompletedTask;
    }

    protected override Task<WriteResult> Execute(CancellationToken cancellation) => writer.Write(batch, Attempt, cancellation);
}

/// <summary>One statement that returns rows.</summary>
internal sealed class RowsRequest<T>(string sql, object parameters, RowStatement statement, Attempt attempt, CancellationToken cancellation)
    : QueuedRequest<IReadOnlyList<T>>(attempt, cancellation)
{
    public override bool Reads => true;

    public override void AddTo(NpgsqlBatch group) => RowStatement.Add(sql, parameters, group);

    public override async Task Take(DbDataReader reader) => Result = await RowStatement.Rows<T>(reader);

    protected override Task<IReadOnlyList<T>> Execute(CancellationToken cancellation) => statement.Execute<T>(sql, parameters, Attempt, cancellation);
}

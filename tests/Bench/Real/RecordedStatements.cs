using System.Data.Common;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Tests.Bench.Real;

/// <summary>A database that writes nothing: it remembers which statements it was to write, batch by batch.</summary>
/// <param name="order">What it answers where a new number is asked for.</param>
internal sealed class RecordedStatements(long order) : IDatabase
{
    private readonly List<IReadOnlyList<Batch.Statement>> _batches = [];

    /// <summary>The batches in their order; a statement that was to answer a row is a batch of its own.</summary>
    public IReadOnlyList<IReadOnlyList<Batch.Statement>> Batches => _batches;

    private static NotSupportedException Unread => new("Nothing is read on the way of an accepted order.");

    public Task<T> Read<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation) =>
        throw Unread;

    public Task<IReadOnlyList<T>> Query<T>(string sql, object parameters, CancellationToken cancellation) => throw Unread;

    public Task<WriteResult> Write(Batch batch, CancellationToken cancellation)
    {
        _batches.Add([.. batch.Statements]);
        return Task.FromResult(WriteResult.Done);
    }

    public Task<T?> WriteOne<T>(string sql, object parameters, CancellationToken cancellation)
    {
        _batches.Add([new Batch.Statement(sql, parameters, Unless: null)]);
        return Task.FromResult((T?)(object)order);
    }
}

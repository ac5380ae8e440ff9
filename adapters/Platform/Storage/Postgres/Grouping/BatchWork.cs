using System.Data.Common;
using FoodDelivery.Platform.Storage.Postgres.Repeating;
using FoodDelivery.Platform.Storage.Postgres.Writing;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres.Grouping;

/// <summary>A batch of statements. Whatever they return says no more than that they were executed.</summary>
internal sealed class BatchWork(Batch batch, BatchWriter writer, Attempt attempt, CancellationToken cancellation)
    : Work<WriteResult>(attempt, cancellation)
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

using System.Data.Common;
using FoodDelivery.Platform.Storage;

namespace FoodDelivery.Tests.Ports.Delivering;

/// <summary>A database whose process can die before and after each write.</summary>
internal sealed class FaultyDatabase(IDatabase database, Faults faults) : IDatabase
{
    public Task<T> Read<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation) => database.Read(query, cancellation);

    public Task<IReadOnlyList<T>> Query<T>(string sql, object parameters, CancellationToken cancellation) => database.Query<T>(sql, parameters, cancellation);

    public async Task<WriteResult> Write(Batch batch, CancellationToken cancellation)
    {
        if (Steps(batch) is not var (before, after))
            return await database.Write(batch, cancellation);

        await faults.Reach(before).WaitAsync(cancellation);
        var result = await database.Write(batch, cancellation);
        await faults.Reach(after).WaitAsync(cancellation);
        return result;
    }

    public Task<T?> WriteOne<T>(string sql, object parameters, CancellationToken cancellation) => database.WriteOne<T>(sql, parameters, cancellation);

    private static (Step, Step)? Steps(Batch batch) => batch.Statements[0].Sql switch
    {
        var sql when sql.Contains("into changes", StringComparison.Ordinal) => (Step.BeforeChange, Step.AfterChange),
        var sql when sql.Contains("from outbox", StringComparison.Ordinal) => (Step.BeforeClearing, Step.AfterClearing),
        var sql when sql.Contains("into inbox", StringComparison.Ordinal) => (Step.BeforeEffect, Step.AfterEffect),
        var sql when sql.Contains("into dead_letters", StringComparison.Ordinal) || sql.StartsWith("update dead_letters set parked_at", StringComparison.Ordinal) => (Step.BeforeParking, Step.AfterParking),
        var sql when sql.Contains("claims = claims + 1", StringComparison.Ordinal) => (Step.BeforeClaim, Step.AfterClaim),
        var sql when sql.StartsWith("update notifications set state = 1", StringComparison.Ordinal) => (Step.BeforeMark, Step.AfterMark),
        _ => null,
    };
}

using System.Data.Common;
using Dapper;

namespace FoodDelivery.Platform.Storage;

/// <summary>
/// Rows that can be rebuilt while they serve: each belongs to a generation, of which one serves and at most one is being built. The owner's migration
/// makes the table: <c>generation</c> (its key), <c>serving</c> (unique, 1 or 0) and <c>started_at</c>, with a row for generation 1, which serves.
/// </summary>
/// <param name="database">The service's own.</param>
/// <param name="table">The table's name, a constant.</param>
public sealed class Generations(IDatabase database, string table)
{
    /// <summary>Begins to build a generation, unless one is being built already; that one is the answer.</summary>
    public async Task<RebuildUnderWay> Begin(DateTimeOffset now, CancellationToken cancellation)
    {
        var begin =
            $"""
            insert into {table} (generation, serving, started_at)
            select max(generation) + 1, 0, @Now from {table} where true
            on conflict (serving) do nothing
            """;
        while (true)
        {
            await database.Write(new Batch().Add(begin, new { Now = now.ToUnixTimeMilliseconds() }), cancellation);
            if (await BeingBuilt(cancellation) is { } generation)
                return generation;
        }
    }

    /// <summary>The generation that is being built; null if there is none.</summary>
    public async Task<RebuildUnderWay?> BeingBuilt(CancellationToken cancellation)
    {
        var sql = $"select generation as number, started_at from {table} where serving = 0";
        var row = await database.Read(connection => Row(connection, sql, cancellation), cancellation);
        return row is null ? null : new RebuildUnderWay(row.Number, DateTimeOffset.FromUnixTimeMilliseconds(row.StartedAt));
    }

    /// <summary>Lets a generation that was built serve, and retires the one before; without effect if that has happened already.</summary>
    public async Task Serve(long generation, CancellationToken cancellation)
    {
        var retire =
            $"""
            delete from {table} where serving = 1 and generation < @Generation
                and exists (select 1 from {table} built where built.generation = @Generation)
            """;
        var serve = $"update {table} set serving = 1 where generation = @Generation";
        await database.Write(new Batch().Require(retire, new { Generation = generation }).Add(serve, new { Generation = generation }), cancellation);
    }

    /// <summary>Deletes the rows of older generations, in portions, so that other writers need not wait for the whole of it.</summary>
    /// <param name="rows">The table of the rows, a constant.</param>
    /// <param name="key">Its primary key's columns after the generation, a constant.</param>
    /// <param name="generation">The oldest one to keep.</param>
    /// <param name="cancellation">Stops the deleting.</param>
    public async Task DropOlder(string rows, string key, long generation, CancellationToken cancellation)
    {
        var drop =
            $"""
            delete from {rows} where (generation, {key}) in (
                select generation, {key} from {rows} where generation < @Generation limit 500)
            """;
        while (await database.Write(new Batch().Require(drop, new { Generation = generation }), cancellation) == WriteResult.Done)
        {
        }
    }

    private static Task<GenerationRow?> Row(DbConnection connection, string sql, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<GenerationRow?>(new CommandDefinition(sql, cancellationToken: cancellation));

    private sealed record GenerationRow(long Number, long StartedAt);
}

using System.Data.Common;
using FoodDelivery.Platform.Storage.Postgres.Repeating;
using FoodDelivery.Platform.Storage.Postgres.Writing;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres.Grouping;

/// <summary>One statement that returns rows.</summary>
internal sealed class RowsWork<T>(string sql, object parameters, RowStatement statement, Attempt attempt, CancellationToken cancellation)
    : Work<IReadOnlyList<T>>(attempt, cancellation)
{
    public override bool Reads => true;

    public override void AddTo(NpgsqlBatch group) => RowStatement.Add(sql, parameters, group);

    public override async Task Take(DbDataReader reader) => Result = await RowStatement.Rows<T>(reader);

    protected override Task<IReadOnlyList<T>> Execute(CancellationToken cancellation) => statement.Execute<T>(sql, parameters, Attempt, cancellation);
}

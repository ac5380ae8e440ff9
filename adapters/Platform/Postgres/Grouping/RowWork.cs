using System.Data.Common;
using FoodDelivery.Platform.Postgres.Repeating;
using FoodDelivery.Platform.Postgres.Writing;
using FoodDelivery.Platform.Storage.Statements;
using Npgsql;

namespace FoodDelivery.Platform.Postgres.Grouping;

/// <summary>One statement that returns at most one row.</summary>
internal sealed class RowWork<T>(string sql, object parameters, RowWriter writer, Attempt attempt, CancellationToken cancellation)
    : Work<T?>(attempt, cancellation)
{
    public override bool Reads => true;

    public override void AddTo(NpgsqlBatch group)
    {
        var text = SqlText.Of(sql, unless: null);
        var command = new NpgsqlBatchCommand(text.Text);
        Values.Bind(command.Parameters, text, parameters);
        group.BatchCommands.Add(command);
    }

    public override async Task Take(DbDataReader reader) => Result = await reader.ReadAsync() ? SingleRow.As<T>(reader) : default;

    protected override Task<T?> Execute(CancellationToken cancellation) => writer.Write<T>(sql, parameters, Attempt, cancellation);
}

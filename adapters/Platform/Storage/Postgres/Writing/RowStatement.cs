using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Platform.Storage.Postgres.Repeating;
using FoodDelivery.Platform.Storage.Statements;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres.Writing;

/// <summary>Executes one statement that returns rows, or none.</summary>
internal sealed class RowStatement(NpgsqlDataSource source)
{
    [SuppressMessage("Security", "CA2100", Justification = "SQL is the caller's; values come as parameters.")]
    public async Task<IReadOnlyList<T>> Execute<T>(string sql, object parameters, Attempt attempt, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var text = SqlText.Of(sql, unless: null);
        await using var command = new NpgsqlCommand(text.Text, connection);
        Values.Bind(command.Parameters, text, parameters);
        attempt.Begin();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = await Rows<T>(reader);

        // Rows come before the commit; only the end of the answer says that it is durable.
        while (await reader.NextResultAsync(cancellation))
        {
        }

        return rows;
    }

    /// <summary>Adds it to what is sent together.</summary>
    public static void Add(string sql, object parameters, NpgsqlBatch commands)
    {
        var text = SqlText.Of(sql, unless: null);
        var command = new NpgsqlBatchCommand(text.Text);
        Values.Bind(command.Parameters, text, parameters);
        commands.BatchCommands.Add(command);
    }

    /// <summary>The rows of the result that the reader stands on.</summary>
    public static async Task<IReadOnlyList<T>> Rows<T>(DbDataReader reader)
    {
        List<T> rows = [];
        while (await reader.ReadAsync())
            rows.Add(SingleRow.As<T>(reader)!);

        return rows;
    }
}

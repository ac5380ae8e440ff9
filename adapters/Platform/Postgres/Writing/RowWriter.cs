using System.Diagnostics.CodeAnalysis;
using FoodDelivery.Platform.Postgres.Repeating;
using FoodDelivery.Platform.Storage.Statements;
using Npgsql;

namespace FoodDelivery.Platform.Postgres.Writing;

/// <summary>Executes one statement that returns a row, or none.</summary>
internal sealed class RowWriter(NpgsqlDataSource source)
{
    [SuppressMessage("Security", "CA2100", Justification = "SQL is the caller's; values come as parameters.")]
    public async Task<T?> Write<T>(string sql, object parameters, Attempt attempt, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var text = SqlText.Of(sql, unless: null);
        await using var command = new NpgsqlCommand(text.Text, connection);
        Values.Bind(command.Parameters, text, parameters);
        attempt.Begin();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var row = await reader.ReadAsync(cancellation) ? SingleRow.As<T>(reader) : default;
        // The row comes before the commit; only the end of the answer says that it is durable.
        while (await reader.NextResultAsync(cancellation))
        {
        }

        return row;
    }
}

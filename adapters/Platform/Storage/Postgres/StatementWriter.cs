using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>
/// Sends a batch in one piece: its statements and the one request to commit them are on the way together, so that the server makes a single
/// transaction of them without being told to begin or end one.
/// </summary>
internal sealed class BatchWriter(NpgsqlDataSource source)
{
    private const string NotTouched = "ZR001";

    public async Task<WriteResult> Write(Batch batch, Attempt attempt, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var commands = new NpgsqlBatch(connection);
        Add(batch, commands);
        try
        {
            attempt.Begin();
            await commands.ExecuteNonQueryAsync(cancellation);
            return WriteResult.Done;
        }
        catch (PostgresException missed) when (missed.SqlState is NotTouched)
        {
            return Enum.Parse<WriteResult>(missed.MessageText);
        }
    }

    /// <summary>Adds a batch's statements to what is sent together.</summary>
    public static void Add(Batch batch, NpgsqlBatch commands)
    {
        foreach (var statement in batch.Statements)
        {
            var text = SqlText.Of(statement.Sql, statement.Unless);
            var command = new NpgsqlBatchCommand(text.Text);
            ParameterBinder.Bind(command.Parameters, text, statement.Parameters);
            commands.BatchCommands.Add(command);
        }
    }
}

/// <summary>Executes one statement that returns rows, or none.</summary>
internal sealed class RowStatement(NpgsqlDataSource source)
{
    [SuppressMessage("Security", "CA2100", Justification = "SQL is the caller's; values come as parameters.")]
    public async Task<IReadOnlyList<T>> Execute<T>(string sql, object parameters, Attempt attempt, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var text = SqlText.Of(sql, unless: null);
        await using var command = new NpgsqlCommand(text.Text, connection);
        ParameterBinder.Bind(command.Parameters, text, parameters);
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
        ParameterBinder.Bind(command.Parameters, text, parameters);
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

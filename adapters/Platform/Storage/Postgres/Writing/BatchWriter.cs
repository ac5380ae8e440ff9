using FoodDelivery.Platform.Storage.Postgres.Repeating;
using Npgsql;

namespace FoodDelivery.Platform.Storage.Postgres.Writing;

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
            Values.Bind(command.Parameters, text, statement.Parameters);
            commands.BatchCommands.Add(command);
        }
    }
}

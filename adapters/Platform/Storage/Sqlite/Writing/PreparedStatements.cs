using Microsoft.Data.Sqlite;

namespace FoodDelivery.Platform.Storage.Sqlite.Writing;

/// <summary>The writer's compiled statements by their text: compiling one costs several times its execution.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    private const int Limit = 500;
    private readonly Dictionary<string, BoundCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The compiled statement with its parameters set.</summary>
    public SqliteCommand Bind(string sql, object? parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            // Texts are constants, so the limit is never met but by a caller who puts values into the text.
            if (_commands.Count >= Limit)
                Dispose();

            command = new BoundCommand(connection, sql);
            _commands.Add(sql, command);
        }

        return command.With(parameters);
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();

        _commands.Clear();
    }
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace FoodDelivery.Platform.Storage.Sqlite;

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

/// <summary>A compiled statement and where its parameters come from.</summary>
internal sealed class BoundCommand : IDisposable
{
    private readonly SqliteCommand _command;
    private Type? _type;
    private ParameterSource? _source;

    [SuppressMessage("Security", "CA2100", Justification = "SQL is the caller's; values come as parameters.")]
    public BoundCommand(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var name in ParameterSource.Parameter().Matches(sql).Select(static match => match.Value).Distinct(StringComparer.Ordinal))
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });

        _command.Prepare();
    }

    public SqliteCommand With(object? parameters)
    {
        if (_command.Parameters.Count > 0)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            if (_source is null || _type != parameters.GetType())
                (_type, _source) = (parameters.GetType(), ParameterSource.Of(parameters.GetType()));

            foreach (SqliteParameter parameter in _command.Parameters)
                parameter.Value = _source.Value(parameters, parameter.ParameterName[1..], _command.CommandText) ?? DBNull.Value;
        }

        return _command;
    }

    public void Dispose() => _command.Dispose();
}

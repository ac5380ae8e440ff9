using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace FoodDelivery.Platform.Storage.Postgres;

/// <summary>
/// A statement as PostgreSQL takes it: its parameters numbered, once for each text instead of at each execution.
/// </summary>
/// <param name="Text">The statement.</param>
/// <param name="Names">The parameters' names by their numbers.</param>
internal sealed record SqlText(string Text, IReadOnlyList<string> Names)
{
    private const int Limit = 500;
    private static readonly ConcurrentDictionary<(string, WriteResult?), SqlText> Known = new();

    /// <param name="sql">The shared text, with <c>@Name</c> for each parameter.</param>
    /// <param name="unless">The batch's result if it touches no row; null if that does not matter.</param>
    public static SqlText Of(string sql, WriteResult? unless)
    {
        // Texts are constants, so the limit is never met but by a caller who puts values into the text.
        if (Known.Count >= Limit)
            Known.Clear();

        return Known.GetOrAdd((sql, unless), static key => Numbered(key.Item1, key.Item2));
    }

    // The answer to "was a row touched?" would reach us after the rest of the batch was sent, and committed with it; asking first would cost
    // every batch a second round trip. So the server itself decides: the statement becomes part of a query that counts what it returns, and a
    // count of nothing raises an error of our own (see the migration), which ends the batch's transaction on the spot and tells its result. Nothing
    // after it is executed.
    private static SqlText Numbered(string sql, WriteResult? unless)
    {
        var names = new List<string>();
        var text = ParameterSource.Parameter().Replace(sql, match =>
        {
            var name = match.Value[1..];
            var at = names.IndexOf(name);
            if (at < 0)
            {
                at = names.Count;
                names.Add(name);
            }

            return $"${at + 1}";
        });
        return new SqlText(
            unless is { } otherwise ? $"with touched as ({text} returning 1) select require_row(count(*), '{otherwise}') from touched" : text, names);
    }
}

/// <summary>Gives a statement its values.</summary>
internal static class ParameterBinder
{
    public static void Bind(NpgsqlParameterCollection into, SqlText statement, object? parameters)
    {
        if (statement.Names.Count == 0)
            return;

        ArgumentNullException.ThrowIfNull(parameters);
        var source = ParameterSource.Of(parameters.GetType());
        foreach (var name in statement.Names)
        {
            into.Add(Parameter(source.Value(parameters, name, statement.Text), source.Declared(name)));
        }
    }

    // A null of unknown type would make a second prepared statement of the same text.
    private static NpgsqlParameter Parameter(object? value, Type? declared) => value is null && TypeOf(declared) is { } type
        ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type }
        : new NpgsqlParameter { Value = value ?? DBNull.Value };

    private static NpgsqlDbType? TypeOf(Type? declared) => declared switch
    {
        not null when declared == typeof(string) => NpgsqlDbType.Text,
        not null when declared == typeof(long?) => NpgsqlDbType.Bigint,
        not null when declared == typeof(int?) => NpgsqlDbType.Integer,
        not null when declared == typeof(byte[]) => NpgsqlDbType.Bytea,
        _ => null,
    };
}

using FoodDelivery.Platform.Storage.Statements;
using Npgsql;
using NpgsqlTypes;

namespace FoodDelivery.Platform.Storage.Postgres.Writing;

/// <summary>Gives a statement its values.</summary>
internal static class Values
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

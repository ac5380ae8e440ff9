using System.Globalization;
using Dapper;

namespace FoodDelivery.Platform.Sqlite.Writing;

/// <summary>One statement that returns at most one row.</summary>
internal sealed class RowWork<T>(string sql, object parameters) : Work<T?>
{
    public override bool Execute(PreparedStatements statements)
    {
        using var reader = statements.Bind(sql, parameters).ExecuteReader();
        Result = reader.Read() ? As(reader.GetRowParser(typeof(T))(reader)) : default;
        return true;
    }

    // SQLite knows one size of integer; the caller's may be another.
    private static T? As(object? value) => value switch
    {
        T typed => typed,
        null or DBNull => default,
        _ => (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture),
    };
}

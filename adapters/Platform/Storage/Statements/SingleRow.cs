using System.Data.Common;
using System.Globalization;
using Dapper;

namespace FoodDelivery.Platform.Storage.Statements;

/// <summary>Makes an object of a row.</summary>
public static class SingleRow
{
    /// <summary>The row that the reader stands on. A single integer comes in the size that is asked for, whatever size the database has it in.</summary>
    public static T? As<T>(DbDataReader reader) => reader.GetRowParser(typeof(T))(reader) switch
    {
        T typed => typed,
        null or DBNull => default,
        var other => (T)Convert.ChangeType(other, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture),
    };
}

using FoodDelivery.Platform.Storage.Statements;

namespace FoodDelivery.Platform.Storage.Sqlite.Writing;

/// <summary>One statement that returns at most one row.</summary>
internal sealed class RowWork<T>(string sql, object parameters) : Work<T?>
{
    public override bool Execute(PreparedStatements statements)
    {
        using var reader = statements.Bind(sql, parameters).ExecuteReader();
        Result = reader.Read() ? SingleRow.As<T>(reader) : default;
        return true;
    }
}

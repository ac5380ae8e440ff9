namespace FoodDelivery.Platform.Storage;

/// <summary>Directions in SQL.</summary>
public static class Sorting
{
    /// <summary>What stands behind the column: <c>asc</c> or <c>desc</c>.</summary>
    public static string ToSql(this SortDirection direction) => direction == SortDirection.Ascending ? "asc" : "desc";
}

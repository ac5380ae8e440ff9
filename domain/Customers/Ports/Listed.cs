namespace FoodDelivery.Customers.Ports;

/// <summary>A page of a collection that may be too large to be counted.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">How many there are altogether, as far as they were counted.</param>
/// <param name="Capped">Whether there are more than were counted.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, long Total, bool Capped);

/// <summary>Counting that costs no scan.</summary>
public static class Listed
{
    /// <summary>Stores count one more at the most, to know that there are more.</summary>
    public const int CountedAtMost = 10_000;

    /// <summary>A page with what the store has counted.</summary>
    public static Listed<T> Of<T>(IReadOnlyList<T> items, long counted) =>
        new(items, Math.Min(counted, CountedAtMost), counted > CountedAtMost);
}

namespace FoodDelivery.Customers.Ports;

/// <summary>A page of a collection that may be too large to be counted.</summary>
/// <param name="Items">The page.</param>
/// <param name="Total">How many there are altogether, or <see cref="CountedAtMost"/> if there are more.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, long Total)
{
    /// <summary>Counting stops here.</summary>
    public const int CountedAtMost = 10_000;
}

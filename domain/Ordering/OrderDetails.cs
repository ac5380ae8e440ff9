namespace FoodDelivery.Ordering;

/// <summary>What is ordered, by whom and from whom. It never changes after the attempt.</summary>
/// <param name="Store">The store that shall cook.</param>
/// <param name="Customer">The customer's name for itself; may be empty.</param>
/// <param name="Lines">1 to <see cref="MaxLines"/> dishes of that store.</param>
/// <param name="Address">Where to; may be empty.</param>
/// <param name="MembershipNumber">Whose points; may be empty.</param>
public sealed record OrderDetails(StoreId Store, string Customer, IReadOnlyList<OrderLine> Lines, string Address, string MembershipNumber)
{
    /// <summary>The most lines that one order may have.</summary>
    public const int MaxLines = 50;

    /// <summary>What the customer pays.</summary>
    public Money Total => Lines.Aggregate(Money.Zero, static (sum, line) => sum + line.Total);
}

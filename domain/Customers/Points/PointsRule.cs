namespace FoodDelivery.Customers.Points;

/// <summary>How many points an order brings.</summary>
/// <param name="BasisPoints">Which part of the price, in hundredths of a percent; fractions of a point are dropped.</param>
/// <param name="IsPerItem">Which stores give one point for each item instead.</param>
public sealed record PointsRule(int BasisPoints, Func<StoreId, bool> IsPerItem)
{
    /// <summary>One percent, everywhere.</summary>
    public static readonly PointsRule Usual = new(100, static _ => false);

    private const int Whole = 10_000;

    /// <summary>The points for one order.</summary>
    public long For(StoreId store, Money total, IEnumerable<OrderLine> lines) =>
        IsPerItem(store) ? lines.Sum(static line => (long)line.Quantity) : (long)((Int128)total.Won * BasisPoints / Whole);
}

namespace FoodDelivery.Customers;

/// <summary>
/// What one order has brought its member: points once, and those back once. Each order is a boundary of its own, since no rule spans two:
/// a member's orders never wait for each other, and their sum is the account.
/// </summary>
public sealed class OrderPoints : Aggregate
{
    private readonly OrderId _order;
    private PointsChange? _last;

    private OrderPoints(OrderId order, PointsChange? last)
    {
        (_order, _last) = (order, last);
        Version = LoadedVersion = last?.Version ?? 0;
    }

    /// <summary>An order's points come back from their store, by the newest change; null where nothing has happened yet.</summary>
    public static OrderPoints Load(OrderId order, PointsChange? last) => new(order, last);

    /// <summary>The store has accepted the order. Without effect if it had before, or if the money has gone back already.</summary>
    public void Earn(MembershipNumber member, long points, DateTimeOffset at)
    {
        if (_last is null)
            Become(member, PointsChangeKind.Earned, points, at);
    }

    /// <summary>The money has gone back. Remembered also where nothing was earned, so that a late acceptance earns nothing any more.</summary>
    public void TakeBack(MembershipNumber member, DateTimeOffset at)
    {
        if (_last is null)
            Become(member, PointsChangeKind.TakenBack, 0, at);
        else if (_last.Kind == PointsChangeKind.Earned)
            Become(_last.Member, PointsChangeKind.TakenBack, -_last.Points, at);
    }

    private void Become(MembershipNumber member, PointsChangeKind kind, long points, DateTimeOffset at)
    {
        Version++;
        _last = new PointsChange(_order, Version, member, kind, points, at);
        Raise(_last);
    }
}

/// <summary>What happened to an order's points.</summary>
public enum PointsChangeKind
{
    /// <summary>The store has accepted the order.</summary>
    Earned = 1,

    /// <summary>The order's money went back, and so did its points.</summary>
    TakenBack = 2,
}

/// <summary>A member's points have changed because of an order.</summary>
/// <param name="Order">The order.</param>
/// <param name="Version">Which of the order's changes it is; the first is 1.</param>
/// <param name="Member">Whose points.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Points">How many more there are; fewer if negative.</param>
/// <param name="At">When the order came there.</param>
public sealed record PointsChange(OrderId Order, long Version, MembershipNumber Member, PointsChangeKind Kind, long Points, DateTimeOffset At)
    : IDomainEvent;

/// <summary>A member's points.</summary>
/// <param name="Member">Whose.</param>
/// <param name="Points">How many there are.</param>
/// <param name="History">Where they come from and went to, newest first.</param>
public sealed record PointsAccount(MembershipNumber Member, long Points, Listed<PointsChange> History);

/// <summary>How many points an order brings.</summary>
/// <param name="BasisPoints">Which part of the price, in hundredths of a percent; fractions of a point are dropped.</param>
/// <param name="IsPerItem">Which stores give one point for each item instead.</param>
public sealed record PointsRule(int BasisPoints, Func<StoreId, bool> IsPerItem)
{
    /// <summary>One percent, everywhere.</summary>
    public static readonly PointsRule Default = new(100, static _ => false);

    private const int Whole = 10_000;

    /// <summary>The points for one order.</summary>
    public long For(StoreId store, Money total, IEnumerable<OrderLine> lines) =>
        IsPerItem(store) ? lines.Sum(static line => (long)line.Quantity) : (long)((Int128)total.Won * BasisPoints / Whole);
}

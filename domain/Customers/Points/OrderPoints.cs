using FoodDelivery.Customers.Members;

namespace FoodDelivery.Customers.Points;

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

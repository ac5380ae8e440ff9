using FoodDelivery.Customers;

namespace FoodDelivery.Adapters.Customers.Persistence;

/// <summary>A change of points as its table has it.</summary>
internal sealed class PointsRow
{
    public long OrderId { get; set; }

    public long Version { get; set; }

    public string MembershipNumber { get; set; } = "";

    public int Kind { get; set; }

    public long Points { get; set; }

    public long At { get; set; }

    public static PointsRow Of(PointsChange change) => new()
    {
        OrderId = change.Order.Value,
        Version = change.Version,
        MembershipNumber = change.Member.Digits,
        Kind = (int)change.Kind,
        Points = change.Points,
        At = change.At.ToUnixTimeMilliseconds(),
    };

    public PointsChange Change()
    {
        _ = FoodDelivery.Customers.MembershipNumber.TryParse(MembershipNumber, out var member);
        return new(new OrderId(OrderId), Version, member, (PointsChangeKind)Kind, Points, DateTimeOffset.FromUnixTimeMilliseconds(At));
    }
}

using FoodDelivery.Customers.Members;

namespace FoodDelivery.Customers.Points;

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
/// <param name="Points">How many there are.</param>
/// <param name="History">Where they come from and went to, newest first.</param>
public sealed record PointsAccount(long Points, Ports.Listed<PointsChange> History);

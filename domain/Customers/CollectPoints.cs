using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers;

/// <summary>Gives points for orders that a store has accepted, and takes them back with the money.</summary>
/// <param name="members">Knows whose number it is; a number that nobody has, or somebody else than who ordered, collects nothing.</param>
/// <param name="points">Where they are kept.</param>
/// <param name="rule">How many there are for an order.</param>
public sealed class CollectPointsHandler(IMembers members, IPoints points, PointsRule rule)
{
    /// <summary>Follows one order, in whatever order and however often its changes come.</summary>
    public async Task Handle(OrderStatusChanged changed, MessageContext context, CancellationToken cancellation)
    {
        var isRefunded = changed.Change.Status == OrderStatus.Refunded;
        if ((!isRefunded && !IsAccepted(changed.Change.Status))
            || !MembershipNumber.TryParse(changed.MembershipNumber, out var number)
            || await members.Find(number, cancellation) is not { } member
            || !Member.MayBeNamed(member.CustomerId, changed.CustomerId)
            || (!isRefunded && !member.IsMemberAt(changed.Change.At)))
        {
            return;
        }

        await Concurrency.RetryOnConflict(async () =>
        {
            var ofOrder = await points.Of(changed.OrderId, cancellation);
            if (isRefunded)
                ofOrder.TakeBack(number, changed.Change.At);
            else
                ofOrder.Earn(number, rule.For(changed.StoreId, changed.Total, changed.Lines), changed.Change.At);
            if (ofOrder.Raised.Count > 0)
                await points.Save(ofOrder, context, cancellation);
            return Unit.Value;
        });
    }

    // An acceptance that falls into a request to cancel is not told; what comes after it is, if the request is declined.
    private static bool IsAccepted(OrderStatus status) => status is OrderStatus.OrderReceived or OrderStatus.Cooking or OrderStatus.Cooked
        or OrderStatus.Delivering or OrderStatus.Delivered or OrderStatus.PickedUp;
}

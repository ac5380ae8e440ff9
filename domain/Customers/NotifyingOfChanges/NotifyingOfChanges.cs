using FoodDelivery.Customers.FollowingOrders;
using FoodDelivery.Customers.Ports;

namespace FoodDelivery.Customers.NotifyingOfChanges;

/// <summary>Writes down who is to be told of a change; sending is <see cref="DispatchingNotifications.DispatchingNotifications"/>'s work.</summary>
/// <param name="notifications">Keeps them until they are sent, and after.</param>
public sealed class NotifyingOfChanges(INotifications notifications)
{
    /// <summary>Every change is told to the customer; a paid order also to the store's owner, for whom it is new.</summary>
    public Task Handle(OrderStatusChanged changed, Cause cause, CancellationToken cancellation) =>
        notifications.Add(About(changed), cause, cancellation);

    private static IReadOnlyList<Notification> About(OrderStatusChanged changed) =>
        changed.Change is { Status: OrderStatus.PaySuccess, Version: 1 } ? [ToCustomer(changed), ToOwner(changed)] : [ToCustomer(changed)];

    private static Notification ToCustomer(OrderStatusChanged changed) => new(
        changed.OrderId,
        changed.Change.Version,
        RecipientRole.Customer,
        changed.Change.Status.Word(),
        changed.CustomerId.Length > 0 ? changed.CustomerId : $"customer-of-order-{changed.OrderId}",
        Wording.ForCustomer(changed, Language.Korean));

    private static Notification ToOwner(OrderStatusChanged changed) => new(
        changed.OrderId,
        changed.Change.Version,
        RecipientRole.Owner,
        "order_get",
        $"store-{changed.StoreId}",
        Wording.ForOwner(changed, Language.Korean));
}

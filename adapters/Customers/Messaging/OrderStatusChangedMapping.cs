using FoodDelivery.Customers;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers.Messaging;

/// <summary>Ordering's event in the words of this context.</summary>
internal static class OrderStatusChangedMapping
{
    public static OrderStatusChanged ToDomain(this Proto.OrderStatusChanged changed) => new(
        new OrderId(changed.OrderId),
        new StatusChange(changed.Version, changed.Status.ToDomain(), changed.Reason, changed.ChangedAt.ToDateTimeOffset()),
        new StoreId(changed.StoreId),
        changed.CustomerId,
        [.. changed.Lines.Select(static line => new OrderLine(line.Item, line.Quantity, new Money(line.UnitPriceWon), line.DishId))],
        new Money(changed.TotalWon),
        changed.PaymentId,
        changed.MembershipNumber);
}

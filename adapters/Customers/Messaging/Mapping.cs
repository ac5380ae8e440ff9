using FoodDelivery.Customers;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers.Messaging;

/// <summary>Ordering's event in the words of this context.</summary>
internal static class Mapping
{
    public static OrderStatusChanged ToDomain(this Proto.OrderStatusChanged changed) => new(
        new OrderId(changed.OrderId),
        new StatusChange(changed.Version, ToDomain(changed.Status), changed.Reason, changed.ChangedAt.ToDateTimeOffset()),
        new StoreId(changed.StoreId),
        changed.CustomerId,
        [.. changed.Lines.Select(static line => new OrderLine(line.Item, line.Quantity, new Money(line.UnitPriceWon), line.DishId))],
        new Money(changed.TotalWon),
        changed.PaymentId,
        changed.MembershipNumber);

    // The statuses of the public contract and those of the domain have the same numbers. A newer Ordering may know one that this program does not.
    private static OrderStatus ToDomain(Proto.OrderStatus status) =>
        Enum.IsDefined((OrderStatus)status)
            ? (OrderStatus)status
            : throw new ArgumentException($"The order status {(int)status} is not known here.", nameof(status));
}

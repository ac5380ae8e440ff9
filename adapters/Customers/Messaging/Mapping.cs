using System.Collections.Frozen;
using FoodDelivery.Customers;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers.Messaging;

/// <summary>Ordering's event in the words of this context.</summary>
internal static class Mapping
{
    // Events without a code: those from before there were codes, a store's own rejection, and a refund, which repeats why. The sentence that the software wrote for each.
    private static readonly FrozenDictionary<string, string> CodeOf = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["The order is already accepted."] = "ALREADY_ACCEPTED",
        ["The order is already being cooked."] = "ALREADY_COOKING",
        ["The order is already cooked."] = "ALREADY_COOKED",
        ["The order is already being delivered."] = "ALREADY_DELIVERING",
        ["The order is already delivered."] = "ALREADY_DELIVERED",
        ["The order is already picked up."] = "ALREADY_PICKED_UP",
        ["The order is already rejected."] = "ALREADY_REJECTED",
        ["The order is already cancelled."] = "ALREADY_CANCELLED",
        ["The store could not be reached."] = "STORE_NOT_REACHED",
        ["The store did not answer in time."] = "STORE_DID_NOT_ANSWER",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static OrderStatusChanged ToDomain(this Proto.OrderStatusChanged changed) => new(
        new OrderId(changed.OrderId),
        new StatusChange(changed.Version, ToDomain(changed.Status), changed.Reason, changed.ChangedAt.ToDateTimeOffset()),
        new StoreId(changed.StoreId),
        changed.CustomerId,
        [.. changed.Lines.Select(static line => new OrderLine(line.Item, line.Quantity, new Money(line.UnitPriceWon), line.DishId))],
        new Money(changed.TotalWon),
        changed.PaymentId,
        changed.MembershipNumber,
        changed.ReasonCode.Length > 0 ? changed.ReasonCode : CodeOf.GetValueOrDefault(changed.Reason, ""),
        changed.IsCustomersReason)
    {
        DeliveryFee = new Money(changed.DeliveryFeeWon), Discount = new Money(changed.DiscountWon),
    };

    // The statuses of the public contract and those of the domain have the same numbers. A newer Ordering may know one that this program does not.
    private static OrderStatus ToDomain(Proto.OrderStatus status) =>
        Enum.IsDefined((OrderStatus)status)
            ? (OrderStatus)status
            : throw new ArgumentException($"The order status {(int)status} is not known here.", nameof(status));
}

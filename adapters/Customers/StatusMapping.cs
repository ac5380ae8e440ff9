using FoodDelivery.Customers;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers;

/// <summary>The statuses of the public contract and those of the domain, which have the same numbers.</summary>
internal static class StatusMapping
{
    /// <exception cref="ArgumentException">A newer Ordering knows a status that this program does not.</exception>
    public static OrderStatus ToDomain(this Proto.OrderStatus status) =>
        Enum.IsDefined((OrderStatus)status)
            ? (OrderStatus)status
            : throw new ArgumentException($"The order status {(int)status} is not known here.", nameof(status));

    public static Proto.OrderStatus ToProto(this OrderStatus status) => (Proto.OrderStatus)status;
}

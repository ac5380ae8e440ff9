using FoodDelivery.Ordering.Ports;

namespace FoodDelivery.Ordering;

internal static class OrderChanges
{
    /// <summary>Loads, changes and saves, again if another writer was faster. An order that does not exist has nothing to change.</summary>
    public static Task Change(this IOrders orders, OrderId id, Action<Order> change, MessageContext cause, CancellationToken cancellation) =>
        Concurrency.RetryOnConflict(async () =>
        {
            if (await orders.Find(id, cancellation) is { } order)
            {
                change(order);
                await orders.Save(order, cause, cancellation);
            }

            return Unit.Value;
        });
}

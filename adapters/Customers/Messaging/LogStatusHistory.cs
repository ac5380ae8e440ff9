using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers.Messaging;

/// <summary>The history that Ordering's topic is.</summary>
internal sealed class LogStatusHistory(TopicReplay replay) : IStatusHistory
{
    private const string Group = "customer-view-rebuild";

    public Task Replay(Func<OrderStatusChanged, CancellationToken, Task> each, CancellationToken cancellation) => replay.Run(
        Topics.Ordering,
        Group,
        new EventHandlers().On<Proto.OrderStatusChanged>((_, data, _, stop) => each(data.ToDomain(), stop)),
        cancellation);
}

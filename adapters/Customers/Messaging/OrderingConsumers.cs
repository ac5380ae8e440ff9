using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using Microsoft.Extensions.DependencyInjection;
using Proto = FoodDelivery.Protos.Ordering.V1;

namespace FoodDelivery.Adapters.Customers.Messaging;

/// <summary>What Ordering's events mean to the customers.</summary>
internal static class OrderingConsumers
{
    /// <summary>Hands every change of a status to a use case.</summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="consumer">The consumer's group: never renamed, or every change would be read again.</param>
    /// <param name="handle">Calls the use case.</param>
    public static IServiceCollection OnStatusChanged<THandler>(
        this IServiceCollection services, string consumer, Func<THandler, OrderStatusChanged, MessageContext, CancellationToken, Task> handle)
        where THandler : notnull =>
        services.AddConsumer(consumer, Topics.Ordering, handlers => handlers.On<Proto.OrderStatusChanged>((services, data, received, cancellation) =>
            handle(services.GetRequiredService<THandler>(), data.ToDomain(), received.MessageContext, cancellation)));
}

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

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
    /// <param name="others">What the consumer does with other events.</param>
    public static IServiceCollection OnStatusChanged<THandler>(
        this IServiceCollection services, string consumer, Func<THandler, OrderStatusChanged, MessageContext, CancellationToken, Task> handle,
        Action<EventHandlers> others)
        where THandler : notnull =>
        services.AddConsumer(consumer, Topics.Ordering, handlers => others(handlers.On<Proto.OrderStatusChanged>((services, data, received, cancellation) =>
            handle(services.GetRequiredService<THandler>(), data.ToDomain(), received.MessageContext, cancellation))));

    /// <summary>Hands every order that is to be forgotten to a use case: each table is cleared by the consumer that fills it, behind what it was told before.</summary>
    public static void OnErased<THandler>(this EventHandlers handlers, Func<THandler, OrderErased, CancellationToken, Task> handle)
        where THandler : notnull => handlers.On<Proto.OrderErased>((services, data, _, cancellation) =>
        handle(services.GetRequiredService<THandler>(), new OrderErased(new OrderId(data.OrderId)), cancellation));

    /// <summary>
    /// Forgets a customer's members, and what people wrote in events that are kept: here, and in the log, where it can be changed, since this context's view is
    /// rebuilt from it. All that was told of the orders is in the log by then.
    /// </summary>
    public static void OnCustomerErased(this EventHandlers handlers) => handlers.On<Proto.CustomerErased>(static async (services, data, received, cancellation) =>
    {
        string[] keys = [.. data.OrderIds.Select(static order => $"{order}")];
        await services.GetRequiredService<ForgetCustomerHandler>().Handle(new ForgetCustomer(data.CustomerId), received.MessageContext, cancellation);
        await services.GetRequiredService<MessageErasure>().EraseWithLog(keys, cancellation);
    });
}

/// <summary>The history that Ordering's topic is.</summary>
internal sealed class LogStatusHistory(TopicReplay replay) : IStatusHistory
{
    private const string Group = "customer-view-rebuild";

    public Task Replay(
        Func<OrderStatusChanged, CancellationToken, Task> each, Func<OrderId, CancellationToken, Task> erased, CancellationToken cancellation) => replay.Run(
        Topics.Ordering,
        Group,
        new EventHandlers()
            .On<Proto.OrderStatusChanged>((_, data, _, stop) => each(data.ToDomain(), stop))
            .On<Proto.OrderErased>((_, data, _, stop) => erased(new OrderId(data.OrderId), stop)),
        cancellation);
}

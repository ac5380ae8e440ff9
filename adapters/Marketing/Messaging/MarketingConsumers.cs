using FoodDelivery.Marketing;
using FoodDelivery.Marketing.Ports;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using Microsoft.Extensions.DependencyInjection;
using Ordering = FoodDelivery.Protos.Ordering.V1;
using Store = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Marketing.Messaging;

/// <summary>What Marketing hears, and which use case it is told to. The names are those of consumer groups and never change.</summary>
internal static class MarketingConsumers
{
    private const string Orders = "marketing-orders";
    private const string Coupons = "marketing-coupons";
    private const string Menus = "marketing-menus";

    public static IServiceCollection AddMarketingConsumers(this IServiceCollection services) => services
        .AddConsumer(Orders, Topics.Ordering, static handlers => handlers.Tally()
            .On<Ordering.CustomerErased>(static (services, data, _, cancellation) =>
                services.GetRequiredService<MessageErasure>().Erase([.. data.OrderIds.Select(static order => $"{order}")], cancellation)))
        .AddConsumer(Coupons, Topics.Ordering, static handlers => handlers
            .On<Ordering.OrderStatusChanged>(static (services, data, received, cancellation) => data.Status == Ordering.OrderStatus.Delivering
                ? services.GetRequiredService<IssueCouponsHandler>().Handle(data.ToDelivery(), received.MessageContext, cancellation)
                : Task.CompletedTask))
        .AddConsumer(Menus, Topics.Store, static handlers => handlers
            .On<Store.MenuChanged>(static (services, data, received, cancellation) =>
                services.GetRequiredService<ReplicateMenusHandler>().Handle(data.ToMenu(), received.MessageContext, cancellation)));

    /// <summary>What the counts are made of: the same for those who follow the orders and for a rebuild.</summary>
    public static EventHandlers Tally(this EventHandlers handlers) => handlers
        .On<Ordering.OrderPlaced>(static (services, data, received, cancellation) =>
            services.GetRequiredService<TallyOrdersHandler>().Handle(data.ToOrder(), received.MessageContext, cancellation))
        .On<Ordering.OrderRejected>(static (services, data, received, cancellation) =>
            services.GetRequiredService<TallyOrdersHandler>().Handle(new OrderUndone(new OrderId(data.OrderId)), received.MessageContext, cancellation))
        .On<Ordering.OrderCancelled>(static (services, data, received, cancellation) =>
            services.GetRequiredService<TallyOrdersHandler>().Handle(new OrderUndone(new OrderId(data.OrderId)), received.MessageContext, cancellation));
}

/// <summary>The history that Ordering's topic is.</summary>
internal sealed class LogOrderHistory(TopicReplay replay) : IOrderHistory
{
    private const string Group = "marketing-orders-rebuild";

    public Task Replay(CancellationToken cancellation) => replay.Run(Topics.Ordering, Group, new EventHandlers().Tally(), cancellation);
}

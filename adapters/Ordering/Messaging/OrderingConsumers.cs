using FoodDelivery.Ordering;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Payment = FoodDelivery.Protos.Payment.V1;
using Store = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Ordering.Messaging;

/// <summary>What Ordering hears, and which use case it is told to.</summary>
internal static class OrderingConsumers
{
    public const string Menus = "ordering-menus";

    private const string Tickets = "ordering-tickets";
    private const string Payments = "ordering-payments";

    public static IServiceCollection AddOrderingConsumers(this IServiceCollection services) => services
        .AddConsumer(Menus, Topics.Store, static handlers => handlers.Replicate())
        .AddConsumer(Tickets, Topics.Store, static handlers => handlers
            .On<Store.TicketStatusChanged>(static (services, data, received, cancellation) => services.GetRequiredService<TicketEventsHandler>()
                .Handle(new TicketMoved(new OrderId(data.OrderId), data.Status.ToTicketStatus(), data.Reason), received.MessageContext, cancellation))
            .On<Store.CancellationDeclined>(static (services, data, received, cancellation) => services.GetRequiredService<TicketEventsHandler>()
                .Handle(new CancellationDeclined(new OrderId(data.OrderId), data.Reason, data.ReasonCode), received.MessageContext, cancellation)))
        .AddConsumer(Payments, Topics.Payment, static handlers => handlers
            .On<Payment.PaymentApproved>(static (services, data, received, cancellation) => services.GetRequiredService<PaymentEventsHandler>()
                .Handle(new PaymentApproved(new OrderId(data.OrderId)), received.MessageContext, cancellation))
            .On<Payment.PaymentRefunded>(static (services, data, received, cancellation) => services.GetRequiredService<PaymentEventsHandler>()
                .Handle(new PaymentRefunded(new OrderId(data.OrderId), data.Reason), received.MessageContext, cancellation)));

    /// <summary>What the replica of the menus and terms is made of: the same for those who follow the stores and for a replica that was lost.</summary>
    public static EventHandlers Replicate(this EventHandlers handlers) => handlers
        .On<Store.StoreChanged>(static (services, data, received, cancellation) => services.GetRequiredService<ReplicateStoresHandler>()
            .Handle(new StoreChanged(data.Store.ToTerms()), received.MessageContext, cancellation))
        .On<Store.MenuChanged>(static (services, data, received, cancellation) => services.GetRequiredService<ReplicateMenusHandler>()
            .Handle(new MenuChanged(data.Menu.ToMenu()), received.MessageContext, cancellation));
}

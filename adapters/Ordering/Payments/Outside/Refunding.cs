using FoodDelivery.Ordering;
using FoodDelivery.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;
using OrderRejected = FoodDelivery.Protos.Ordering.V1.OrderRejected;
using OrderCancelled = FoodDelivery.Protos.Ordering.V1.OrderCancelled;
using OrderAttemptAbandoned = FoodDelivery.Protos.Ordering.V1.OrderAttemptAbandoned;

namespace FoodDelivery.Adapters.Ordering.Payments.Outside;

/// <summary>
/// Sends money back on behalf of a payment service that does not follow the orders by itself. While that is down the consumer tries again; a refund that
/// was asked for twice is the same refund.
/// </summary>
internal sealed class Refunding(HttpPayments payments, PaymentEventsHandler following)
{
    private const string Consumer = "ordering-refunds";

    public static void AddTo(IServiceCollection services) => services.AddSingleton<Refunding>().AddConsumer(Consumer, Topics.Ordering, static handlers => handlers
        .On<OrderRejected>(static (services, data, received, cancellation) =>
            services.GetRequiredService<Refunding>().Handle(new OrderId(data.OrderId), data.Reason, received.MessageContext, cancellation))
        .On<OrderCancelled>(static (services, data, received, cancellation) =>
            services.GetRequiredService<Refunding>().Handle(new OrderId(data.OrderId), data.Reason, received.MessageContext, cancellation))
        .On<OrderAttemptAbandoned>(static (services, data, received, cancellation) =>
            services.GetRequiredService<Refunding>().Handle(new OrderId(data.OrderId), "", received.MessageContext, cancellation)));

    private async Task Handle(OrderId order, string reason, MessageContext cause, CancellationToken cancellation)
    {
        if (await payments.Refund(order, reason, cancellation))
            await following.Handle(new PaymentRefunded(order, reason), cause, cancellation);
    }
}

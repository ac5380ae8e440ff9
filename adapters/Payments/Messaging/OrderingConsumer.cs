using FoodDelivery.Payments;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Ordering.V1;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Payments.Messaging;

/// <summary>Follows the orders whose money has to go back.</summary>
internal static class OrderingConsumer
{
    /// <summary>Why the money of an attempt goes back that never became an order.</summary>
    public const string NotCompleted = "the order was not completed";

    private const string Consumer = "payment-orders";

    public static IServiceCollection AddOrderingConsumer(this IServiceCollection services) => services.AddConsumer(Consumer, Topics.Ordering, static handlers => handlers
        .On<OrderRejected>(static (services, data, received, cancellation) =>
            Abandon(services, data.OrderId, Reason(data.Reason, "rejected by the store"), "", received, cancellation))
        .On<OrderCancelled>(static (services, data, received, cancellation) =>
            Abandon(services, data.OrderId, Reason(data.Reason, "cancelled"), "", received, cancellation))
        .On<OrderAttemptAbandoned>(static (services, data, received, cancellation) =>
            Abandon(services, data.OrderId, NotCompleted, data.AttemptId, received, cancellation))
        .On<OrderErased>(static (services, data, _, cancellation) =>
            services.GetRequiredService<EraseTextsHandler>().Handle(new OrderId(data.OrderId), cancellation))
        .On<CustomerErased>(static async (services, data, _, cancellation) =>
        {
            await services.GetRequiredService<EraseTextsHandler>().Handle(data.CustomerId, cancellation);
            await services.GetRequiredService<MessageErasure>().EraseWithLog([.. data.OrderIds.Select(static order => $"{order}")], cancellation);
        }));

    private static Task Abandon(
        IServiceProvider services, long order, string reason, string attempt, ReceivedEvent received, CancellationToken cancellation) =>
        services.GetRequiredService<AbandonPaymentHandler>()
            .Handle(new AbandonPayment(new OrderId(order), reason, attempt), received.MessageContext, cancellation);

    private static string Reason(string given, string otherwise) => given.Length > 0 ? given : otherwise;
}

using FoodDelivery.Platform.Messaging;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Adapters.Stores.Messaging;

/// <summary>What Ordering's events mean to the stores.</summary>
internal static class OrderingConsumer
{
    // The consumer's group: never renamed, or every order would be read again.
    public const string Name = "store-orders";

    public static IServiceCollection AddOrderingConsumer(this IServiceCollection services) => services.AddConsumer(Name, Topics.Ordering, static handlers => handlers
        .On<OrderPlaced>(static (services, placed, received, cancellation) =>
            services.GetRequiredService<OpenTicketHandler>().Handle(new OpenTicket(Slip(placed)), received.MessageContext, cancellation))
        .On<OrderCancelRequested>(static (services, requested, received, cancellation) =>
            services.GetRequiredService<DecideOnCancellationHandler>().Handle(
                new DecideOnCancellation(new OrderId(requested.OrderId), requested.Reason), received.MessageContext, cancellation))
        .On<OrderCancelled>(static (services, cancelled, received, cancellation) =>
            services.GetRequiredService<VoidTicketHandler>().Handle(
                new VoidTicket(new OrderId(cancelled.OrderId), cancelled.Reason), received.MessageContext, cancellation))
        .On<OrderErased>(static (services, erased, _, cancellation) =>
            services.GetRequiredService<EraseTicketHandler>().Handle(new EraseTicket(new OrderId(erased.OrderId)), cancellation))
        .On<CustomerErased>(static (services, erased, _, cancellation) =>
            services.GetRequiredService<MessageErasure>().EraseWithLog([.. erased.OrderIds.Select(static order => $"{order}")], cancellation)));

    public static OrderSlip Slip(OrderPlaced placed) => new(
        new OrderId(placed.OrderId),
        new StoreId(placed.StoreId),
        [.. placed.Lines.Select(static line => new TicketLine(line.Item, line.Quantity, new Money(line.UnitPriceWon)))],
        placed.Address);
}

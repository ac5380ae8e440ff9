using FoodDelivery.Adapters.Stores.Grpc;
using FoodDelivery.Platform.Messaging;
using FoodDelivery.Platform.Messaging.Rebuilding;
using FoodDelivery.Protos.Ordering.V1;
using FoodDelivery.Stores;
using FoodDelivery.Stores.Ports;
using Microsoft.Extensions.DependencyInjection;
using Proto = FoodDelivery.Protos.Store.V1;

namespace FoodDelivery.Adapters.Stores.Messaging;

/// <summary>The history that the topics of Store and Ordering are.</summary>
internal sealed class LogTicketHistory(TopicReplay replay) : ITicketHistory
{
    private const string Stores = "store-tickets-restoration";
    private const string Orders = "store-orders-restoration";

    public Task ReplayStores(CancellationToken cancellation) => replay.Run(
        Topics.Store,
        Stores,
        new EventHandlers()
            .On<Proto.TicketStatusChanged>(static (services, changed, _, cancellation) => Restore(services).Handle(
                new TicketStatusChanged(
                    new OrderId(changed.OrderId), new StoreId(changed.StoreId), changed.Status.ToStatus(), changed.Version, changed.Reason,
                    changed.ChangedAt.ToDateTimeOffset(), Delivery: null),
                cancellation))
            .On<Proto.StoreChanged>(static (services, changed, _, cancellation) => Restore(services).Handle(Grpc.Mapping.ToStoreChanged(changed.Store), cancellation))
            .On<Proto.MenuChanged>(static (services, changed, _, cancellation) => Restore(services).Handle(
                new MenuChanged(new StoreId(changed.Menu.StoreId), [.. changed.Menu.Dishes.Select(Grpc.Mapping.ToDish)], changed.Menu.Revision),
                cancellation)),
        cancellation);

    public Task ReplayOrders(CancellationToken cancellation) => replay.Run(
        Topics.Ordering,
        Orders,
        new EventHandlers()
            .On<OrderPlaced>(static (services, placed, received, cancellation) => Restore(services).Handle(
                new OpenTicket(OrderingConsumer.Slip(placed)), AsFollowed(received), cancellation))
            .On<OrderCancelRequested>(static (services, requested, received, cancellation) => Restore(services).Handle(
                new DecideOnCancellation(new OrderId(requested.OrderId), requested.Reason), AsFollowed(received), cancellation))
            .On<OrderCancelled>(static (services, cancelled, received, cancellation) => services.GetRequiredService<VoidTicketHandler>().Handle(
                new VoidTicket(new OrderId(cancelled.OrderId), cancelled.Reason), AsFollowed(received), cancellation))

            // A log that cannot be overwritten still has what was erased.
            .On<OrderErased>(static (services, erased, _, cancellation) => services.GetRequiredService<EraseTicketHandler>().Handle(
                new EraseTicket(new OrderId(erased.OrderId)), cancellation)),
        cancellation);

    private static RestoreFromEventsHandler Restore(IServiceProvider services) => services.GetRequiredService<RestoreFromEventsHandler>();

    // What the consumer has handled into this database has had its effect, and what is handled here it will not handle again.
    private static MessageContext AsFollowed(ReceivedEvent received) => MessageContext.Event(received.Id, OrderingConsumer.Name);
}
